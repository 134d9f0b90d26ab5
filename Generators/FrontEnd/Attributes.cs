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

    /// <summary>The strings that are given as an argument of an array, each once; none where none is given.</summary>
    public static string[] Strings(this AttributeData attribute, int index)
        => attribute.ConstructorArguments.Length > index && attribute.ConstructorArguments[index] is { Kind: TypedConstantKind.Array, IsNull: false } array
            ? [.. array.Values.Select(value => Value(value) as string ?? "").Distinct()]
            : [];

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

    /// <summary>The member of an enum that is given; null where none is, or a number without a name.</summary>
    public static string? NamedMember(this AttributeData attribute, string name)
        => Member(attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value);

    /// <summary>The member of an enum that is given as an argument; null where none is, or a number without a name.</summary>
    public static string? Member(this AttributeData attribute, int index)
        => attribute.ConstructorArguments.Length > index ? Member(attribute.ConstructorArguments[index]) : null;

    /// <summary>The members of an enum of flags that are given as an argument; null where none is given.</summary>
    public static string[]? Flags(this AttributeData attribute, int index)
    {
        if (attribute.ConstructorArguments.Length <= index || attribute.ConstructorArguments[index] is not { Kind: TypedConstantKind.Enum } constant)
        {
            return null;
        }

        long bits = Convert.ToInt64(constant.Value);
        return Member(constant) is { } same ? [same] : [.. MembersOf(constant).Where(member => member.Value != 0 && (bits & member.Value) == member.Value).Select(member => member.Name)];
    }

    /// <summary>True for [EvictionPolicy(Precision = Precision.Single)].</summary>
    public static bool IsSingle(this AttributeData policy) => policy.NamedMember("Precision") == "Single";

    /// <summary>True for [Term(Normalize = Normalize.MinMax)].</summary>
    public static bool IsScaled(this AttributeData term) => term.NamedMember("Normalize") == "MinMax";

    private static string? Member(TypedConstant constant)
        => constant.Kind == TypedConstantKind.Enum
            ? MembersOf(constant).Where(member => member.Value == Convert.ToInt64(constant.Value)).Select(member => member.Name).FirstOrDefault()
            : null;

    private static IEnumerable<(string Name, long Value)> MembersOf(TypedConstant constant)
        => constant.Type!.GetMembers().OfType<IFieldSymbol>().Where(field => field.HasConstantValue).Select(field => (field.Name, Convert.ToInt64(field.ConstantValue)));

    private static object? Value(TypedConstant constant)
        => constant.Kind is TypedConstantKind.Array or TypedConstantKind.Error ? null : constant.Value;
}
