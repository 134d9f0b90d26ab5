namespace Squelch.Generators.Ir;

/// <summary>Names of formulas as C# writes them.</summary>
internal static class Names
{
    /// <summary>Names that generated code has for itself.</summary>
    private static readonly HashSet<string> s_own =
    [
        "access", "best", "block", "capacity", "creation", "drawKey", "index", "kernel", "lower", "math", "node", "nodes", "order", "parent", "policy", "reuse", "row",
        "rows", "scales", "seed", "selector", "term", "tunables", "values", "victim", "victims", "visitor",
    ];

    /// <summary>Ends of names that it makes from those of terms and columns.</summary>
    private static readonly string[] s_ends = ["Scale", "Low", "High"];

    public static string Camel(string name) => name.Length == 0 ? name : char.ToLowerInvariant(name[0]) + name.Substring(1);

    /// <summary>A feature, tunable or state as a local or a field of generated code, beside the names that such code has for itself.</summary>
    public static string Local(string name)
    {
        string camel = Camel(name);
        string word = camel.TrimEnd("0123456789".ToCharArray());
        bool isOwn = s_own.Contains(camel) || (word.Length < camel.Length && word is "part" or "given") || s_ends.Any(end => camel.EndsWith(end, StringComparison.Ordinal));
        return isOwn ? camel + "_" : camel;
    }

    public static string Pascal(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
