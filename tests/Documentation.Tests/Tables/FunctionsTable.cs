using System.Reflection;
using Squelch.Generators.Functions;

namespace Squelch.Documentation.Tests;

/// <summary>The functions that a formula may call, as the policy compiler has them.</summary>
internal static class FunctionsTable
{
    private static readonly Type[] s_numbers = [typeof(double), typeof(float), typeof(long), typeof(int)];

    private static readonly Type[] s_homes = [typeof(Math), typeof(MathF), typeof(double), typeof(float)];

    public static IEnumerable<string> Of()
        => PageTables.Lines(
            ["function", "of", "other names", "last bits", "units"],
            from function in FunctionTable.All
            let methods = MethodsOf(function).ToArray()
            let names = methods.Select(NameOf).Distinct().ToArray()
            select (string[])
            [
                $"`{function.Display}({Arguments(function)})`",
                string.Join(", ", methods.Select(method => Keyword(method.GetParameters()[0].ParameterType)).Distinct()),
                string.Join(", ", names.Where(name => name != function.Display).Select(name => $"`{name}`")),
                function.Accuracy.ToString().ToLowerInvariant(),
                XmlDocs.Summary(function.Units),
            ]);

    /// <summary>What the words for last bits mean.</summary>
    public static IEnumerable<string> Accuracies()
        => PageTables.Lines(["last bits", "meaning"], Enum.GetValues<Accuracy>().Select(accuracy => (string[])[accuracy.ToString().ToLowerInvariant(), XmlDocs.Summary(accuracy)]));

    /// <summary>A call of each method.</summary>
    public static IEnumerable<string> Calls()
        => from function in FunctionTable.All
           from method in MethodsOf(function)
           let call = $"{NameOf(method)}({string.Join(", ", method.GetParameters().Select((parameter, i) => $"({Keyword(parameter.ParameterType)}){(i == 0 ? "hits" : i)}"))})"
           select method.ReturnType == typeof(bool) ? $"{call} ? 1 : hits" : call;

    private static IEnumerable<MethodInfo> MethodsOf(Function function)
        => from home in s_homes
           from method in home.GetMethods(BindingFlags.Public | BindingFlags.Static)
           let parameters = method.GetParameters()
           where method.Name == function.Name && parameters.Length == function.Arity && parameters.All(parameter => s_numbers.Contains(parameter.ParameterType))
           orderby Array.IndexOf(s_homes, home), Array.IndexOf(s_numbers, parameters[0].ParameterType)
           select method;

    private static string Arguments(Function function) => function.Arity switch { 1 => "x", 2 => "x, y", _ => "value, min, max" };

    private static string NameOf(MethodInfo method)
        => (method.DeclaringType == typeof(double) || method.DeclaringType == typeof(float) ? Keyword(method.DeclaringType) : method.DeclaringType!.Name) + "." + method.Name;

    private static string Keyword(Type type) => type == typeof(double) ? "double" : type == typeof(float) ? "float" : type == typeof(long) ? "long" : "int";
}
