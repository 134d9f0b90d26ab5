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
        => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is { } value ? Convert.ToInt32(value) : otherwise;

    public static double? NamedNumber(this AttributeData attribute, string name)
        => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is { } value ? Convert.ToDouble(value) : null;

    public static string? NamedType(this AttributeData attribute, string name)
        => (attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as ITypeSymbol)?.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
