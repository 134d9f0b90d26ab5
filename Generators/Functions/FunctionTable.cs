using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>The functions of the policy language, by name: every subclass of <see cref="Function"/>.</summary>
internal static class FunctionTable
{
    // Those that the compiler writes itself.
    public const string Abs = "Abs";
    public const string IsNaN = "IsNaN";
    public const string Max = "Max";
    public const string Min = "Min";

    /// <summary>By name.</summary>
    public static IReadOnlyList<Function> All { get; } =
    [
        .. typeof(FunctionTable).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(Function).IsAssignableFrom(type))
            .Select(type => (Function)Activator.CreateInstance(type))
            .OrderBy(function => function.Name, StringComparer.Ordinal),
    ];

    private static readonly Dictionary<string, Function> s_byName = All.ToDictionary(function => function.Name, StringComparer.Ordinal);

    /// <summary>For messages.</summary>
    public static string Listed { get; } = string.Join(", ", All.Select(function => function.Display));

    public static Function Of(Call call) => s_byName[call.Function];

    /// <summary>Null where the language has no function of that name.</summary>
    public static Function? Named(string name) => s_byName.TryGetValue(name, out Function function) ? function : null;
}
