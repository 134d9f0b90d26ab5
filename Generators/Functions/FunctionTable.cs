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

    private static readonly SortedDictionary<string, Function> s_all = Index();

    /// <summary>For messages.</summary>
    public static string Listed { get; } = string.Join(", ", s_all.Values.Select(function => function.Display));

    public static IReadOnlyCollection<Function> All => s_all.Values;

    public static Function Of(Call call) => s_all[call.Function];

    /// <summary>Null where the language has no function of that name.</summary>
    public static Function? Named(string name) => s_all.TryGetValue(name, out Function function) ? function : null;

    private static SortedDictionary<string, Function> Index()
    {
        var index = new SortedDictionary<string, Function>(StringComparer.Ordinal);
        foreach (Type type in typeof(FunctionTable).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(Function).IsAssignableFrom(type)))
        {
            var function = (Function)Activator.CreateInstance(type);
            index.Add(function.Name, function);
        }

        return index;
    }
}
