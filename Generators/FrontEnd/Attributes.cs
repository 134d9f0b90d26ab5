using System;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace Squelch.Generators.FrontEnd;

/// <summary>Reads the attributes of the policy language.</summary>
internal static class Attributes
{
    public static AttributeData? Find(ISymbol symbol, string name)
        => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass is { } type && type.Name == name && type.ContainingNamespace is { Name: "Squelch", ContainingNamespace.IsGlobalNamespace: true });

    public static int Named(this AttributeData attribute, string name, int otherwise)
        => attribute.NamedValue(name) is IConvertible and not string and var value ? Convert.ToInt32(value) : otherwise;

    /// <summary>Null where it is not given, or not yet; arrays are no values of the language.</summary>
    public static object? Argument(this AttributeData attribute, int index)
        => attribute.ConstructorArguments.Length > index ? Value(attribute.ConstructorArguments[index]) : null;

    /// <summary>Null where it is not given, or not yet.</summary>
    public static object? NamedValue(this AttributeData attribute, string name)
        => Value(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value);

    public static double? NamedNumber(this AttributeData attribute, string name)
        => Number(attribute.NamedValue(name));

    /// <summary>A number, or null.</summary>
    public static double? Number(object? value)
        => value is IConvertible and not (string or bool or char) ? Convert.ToDouble(value) : null;

    public static string? NamedType(this AttributeData attribute, string name)
        => (attribute.NamedValue(name) as ITypeSymbol)?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);

    private static object? Value(TypedConstant constant)
        => constant.Kind is TypedConstantKind.Array or TypedConstantKind.Error ? null : constant.Value;
}
