using System.Globalization;
using System.Reflection;

namespace Squelch.Documentation.Tests;

/// <summary>An attribute of the policy language: what it goes on, what it takes, as its type and its XML documentation say.</summary>
internal static class AttributeTable
{
    /// <summary>Term, of TermAttribute.</summary>
    public static string NameOf(Type attribute) => attribute.Name[..^nameof(Attribute).Length];

    public static IEnumerable<string> Of(string name)
    {
        Type type = typeof(EvictionPolicyAttribute).Assembly.GetType($"Squelch.{name}Attribute", throwOnError: true)!;
        PropertyInfo[] properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly);
        ParameterInfo[] parameters = type.GetConstructors().Single().GetParameters();
        object made = Activator.CreateInstance(type, [.. parameters.Select(parameter => parameter.HasDefaultValue || !parameter.ParameterType.IsValueType ? null : Activator.CreateInstance(parameter.ParameterType))])!;
        string[][] rows =
        [
            .. from parameter in parameters
               let property = properties.Single(property => property.Name.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase))
               select (string[])[$"`{parameter.Name}`", TypeName(parameter.ParameterType), parameter.HasDefaultValue ? Value(parameter.ParameterType, parameter.DefaultValue) : "must be given", XmlDocs.Summary(property)],
            .. from property in properties
               where property.CanWrite
               select (string[])[$"`{property.Name} =`", TypeName(property.PropertyType), Value(property.PropertyType, property.GetValue(made)), XmlDocs.Summary(property)],
        ];
        yield return $"On {Target(type)}. {XmlDocs.Summary(type)}";
        if (rows.Length > 0)
        {
            yield return "";
            foreach (string line in PageTables.Lines(["argument", "type", "default", "meaning"], rows))
            {
                yield return line;
            }
        }

        foreach (Type values in parameters.Select(parameter => parameter.ParameterType).Concat(properties.Select(property => property.PropertyType)).Where(value => value.IsEnum).Distinct())
        {
            yield return "";
            foreach (string line in PageTables.Lines(["value", "meaning"], Enum.GetValues(values).Cast<Enum>().Select(member => (string[])[$"`{values.Name}.{member}`", XmlDocs.Summary(member)])))
            {
                yield return line;
            }
        }
    }

    private static string Target(Type attribute) => attribute.GetCustomAttribute<AttributeUsageAttribute>()!.ValidOn switch
    {
        AttributeTargets.Struct => "the struct",
        AttributeTargets.Method => "a method",
        AttributeTargets.Property => "a property",
        var other => throw new NotSupportedException($"{attribute} goes on {other}"),
    };

    private static string TypeName(Type type) => type.IsEnum ? $"`{type.Name}`"
        : type == typeof(double) ? "`double`"
        : type == typeof(int) ? "`int`"
        : type == typeof(bool) ? "`bool`"
        : type == typeof(string) ? "`string`"
        : type == typeof(object) ? "`object`"
        : $"`{type.Name}`";

    private static string Value(Type type, object? value)
        => value is null ? "none"
            : type.IsEnum ? $"`{type.Name}.{Enum.ToObject(type, value)}`"
            : $"`{Convert.ToString(value, CultureInfo.InvariantCulture)!.ToLowerInvariant()}`";
}
