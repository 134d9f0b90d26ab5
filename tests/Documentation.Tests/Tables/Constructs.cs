using Microsoft.CodeAnalysis.CSharp;

namespace Squelch.Documentation.Tests;

/// <summary>What a body may contain, and what not: C# by examples, sorted by what the policy compiler says of each.</summary>
internal static class Constructs
{
    /// <summary>Letters of the examples in a cell, the first one apart.</summary>
    private const int Width = 90;

    private static readonly Construct[] s_all =
    [
        new("numbers", "", "100", "0.5", "1e6", "'a' + hits"),
        new("constants, and what C# computes of them", "", "Life * hits", "hits * Math.PI", "hits + sizeof(double)", "hits + default(double)", "default"),
        new("arithmetic", "", "hits + tokens", "hits - tokens", "hits * tokens", "hits / tokens", "hits % tokens", "-hits", "+hits", "(hits + 1) * 2", "hits!"),
        new("comparisons", "", "hits < tokens ? 1 : 0", "hits <= 2 ? 1 : 0", "hits == 2 ? 1 : 0", "hits != 2 ? 1 : 0", "hits > 2 ? 1 : 0", "hits >= 2 ? 1 : 0"),
        new("logic", "", "hits > 2 && tokens > 9 ? 1 : 0", "hits > 2 || tokens > 9 ? 1 : 0", "!(hits > 2) ? 1 : 0", "hits > 2 ^ tokens > 9 ? 1 : 0", "true ? hits : 1", "false ? 1 : hits"),
        new("bits of whole numbers", "", "children & 3", "children | 1", "children ^ 1", "~children", "children << 2", "children >> 2"),
        new("choices", "", "hits > 2 ? tokens : hits"),
        new("casts among `double`, `float`, `long`, `int`", "", "(double)children", "(long)hits", "(float)hits", "(int)hits", "unchecked((int)hits)", "unchecked { return (int)hits; }", "checked { return hits; }"),
        new("`is`, with patterns of numbers", "", "hits is > 2 and < 9 ? 1 : 0", "hits is 1 or 2 ? 1 : 0", "hits is not 3 ? 1 : 0", "hits is (>= 2) ? 1 : 0"),
        new("`switch` expressions, the last arm `_`", "", "hits switch { < 2 => 1, 2 or 3 => tokens, _ => hits }", "hits switch { > 2 when tokens > 9 => 1, _ => 2 }"),
        new("functions", "", "Math.Max(hits, tokens)", "Math.Sqrt(hits)"),
        new("calls of the policy's own static methods", "", "Twice(hits)", "Twice(x: hits)"),
        new("locals, each given a value once", "", "double x = hits + 1; return x * x;", "var x = hits; return x;", "const double two = 2; return two * hits;", "ref double x = ref hits; return x;"),
        new("`if`, with a value returned on every way", "", "if (hits > 2) { return tokens; } return hits;", "if (hits > 2) return tokens; else return hits;", "{ ; } return hits;"),

        new("loops", "a closed form, as `Math.Floor` and `double.Exp2`", "for (;;) { }", "while (hits > 2) { return 1; } return hits;", "do { return hits; } while (true);", "foreach (char x in \"a\") { return x; } return hits;", "foreach (var (x, y) in new[] { (1, 2) }) { return x; } return hits;"),
        new("methods that call themselves", "a closed form", "Again(hits)"),
        new("assignments", "a local of its own for each value", "double x = 1; x = hits; return x;", "double x = 1; x += hits; return x;", "hits++; return hits;", "double x; x = hits; return x;", "return hits = 2;", "hits -= 1; return hits;", "hits *= 2; return hits;", "hits /= 2; return hits;", "hits %= 2; return hits;", "children &= 2; return hits;", "children |= 2; return hits;", "children ^= 2; return hits;", "children <<= 2; return hits;", "children >>= 2; return hits;", "children >>>= 2; return hits;", "string s = null; s ??= \"a\"; return hits;", "--hits; return hits;", "hits--; return hits;", "++hits; return hits;"),
        new("`switch` statements", "a `switch` expression", "switch (hits) { case 1: return 2; default: return hits; }", "switch (hits) { case 1: break; } return hits;"),
        new("patterns of types, parts and lists", "comparisons", "hits is double x ? x : 0", "hits is var x ? x : 0", "hits switch { var x => x }", "new DateTime(3) is { Day: 1 } ? 1 : 0", "\"a\" is [_, .. ] ? 1 : 0", "\"\" is string ? 1 : 0", "(object)hits is not double ? 1 : 0", "\"\" switch { string => 1, _ => 2 }"),
        new("`try`, `throw`, `lock`, `using`, `goto`", "nothing throws: see [below](#when-numbers-go-wrong)", "try { return hits; } finally { }", "throw null!;", "hits > 1 ? hits : throw null!", "goto end; end: return hits;", "using (null as IDisposable) { return hits; }", "lock (typeof(int)) { return hits; }", "while (true) { break; } return 1;", "while (true) { continue; }", "switch (hits) { case 1: goto default; default: return hits; }", "switch (hits) { case 1: goto case 2; case 2: return hits; default: return 1; }"),
        new("lambdas, local functions, delegates", "a static method of the policy", "Func<double, double> f = x => x; return f(hits);", "double f(double x) => x; return f(hits);", "Func<double, double> f = delegate (double x) { return x; }; return f(hits);", "Func<double, double> f = (x) => x; return f(hits);"),
        new("tuples", "a parameter or local for each part", "(hits, 1).Item1", "(hits, tokens) switch { (1, 2) => 2, _ => hits }", "var (x, y) = (hits, 1); return x;"),
        new("values of other types", "`double`, `long`, `int`, `float`", "(double)(decimal)hits", "\"a\".Length", "new DateTime(3).Ticks + hits", "(double?)hits ?? 1", "typeof(double).Name.Length", "\"ab\"[0] + hits", "\"ab\"?.Length ?? 1", "\"ab\"?[0] ?? 1", "(\"a\" as object) == null ? 1 : 0", "\"a\"u8.Length", "\"ab\"[1..].Length", "\"ab\"[^1] + hits", "(default(KeyRequest) with { Size = 2 }).Size", "TimeSpan t = new(3); return t.Ticks;"),
        new("`checked` arithmetic, which can throw", "unchecked arithmetic, or `Math.Clamp` first", "checked((int)hits + 1)"),
        new("shifts without a sign", "a division by a power of two", "children >>> 2"),
        new("`ref` and `out`", "values", "Set(out double x) + x"),

        new("other methods of .NET, and of other types", "a [function](#functions), or a static method of the policy that has the formula", "Math.Sin(hits)", "Math.Round(hits)", "Other.Of(hits)", "hits.CompareTo(2)"),

        new("fields and properties", "a parameter, from a `[Tunable]` or `[PolicyState]`; a `const`", "s_rate * hits", "Rate * hits"),
        new("the machine's clock", "the parameter `now`", "DateTime.UtcNow.Ticks", "Environment.TickCount64"),
        new("random numbers", "the parameter `draw`", "Random.Shared.NextDouble()"),

        new("objects, arrays, strings, `params`", "numbers alone", "new double[] { 1, 2 }[0]", "Most(hits, tokens)", "$\"{hits}\".Length", "hits.ToString().Length", "new Exception().HResult", "int[] x = [1, 2]; return hits;", "new { hits }.hits", "new[] { 1, 2 }[0]", "new double[2, 2].Length", "(double)(object)hits", "new System.Collections.Generic.List<double> { 1 }.Count", "new System.Collections.Generic.Dictionary<int, int> { { 1, 2 } }.Count", "new P { }.GetHashCode()", "(\"a\" + hits).Length", "stackalloc double[1] == default ? 1 : 2", "stackalloc[] { 1 } == default ? 1 : 2", "(from x in \"a\" select x).Count()", "Array.Empty<int>()[0]"),
    ];

    /// <summary>Kinds of C# that a static method of numbers cannot have, or that stand outside of one.</summary>
    public static IReadOnlyList<SyntaxKind> Elsewhere { get; } =
    [
        // Of instances, accessors, iterators, asynchronous methods and scripts.
        SyntaxKind.ThisExpression, SyntaxKind.BaseExpression, SyntaxKind.FieldExpression, SyntaxKind.YieldReturnStatement, SyntaxKind.YieldBreakStatement, SyntaxKind.AwaitExpression, SyntaxKind.GlobalStatement,

        // Of projects that allow unsafe code.
        SyntaxKind.UnsafeStatement, SyntaxKind.FixedStatement, SyntaxKind.PointerMemberAccessExpression, SyntaxKind.PointerIndirectionExpression, SyntaxKind.AddressOfExpression,
        SyntaxKind.ArgListExpression, SyntaxKind.MakeRefExpression, SyntaxKind.RefValueExpression, SyntaxKind.RefTypeExpression,
    ];

    /// <summary>The kinds of syntax in the examples.</summary>
    public static IEnumerable<SyntaxKind> Tried() => s_all.SelectMany(construct => construct.Examples).SelectMany(Formulas.KindsIn).Distinct();

    /// <summary>What the language has.</summary>
    public static async Task<IEnumerable<string>> AcceptedAsync()
        => PageTables.Lines(["what", "for example"], from row in await SortedAsync() where row.Fault is null select (string[])[row.Construct.What, Examples(row.Construct)]);

    /// <summary>What the language lacks, by the rule that says so.</summary>
    public static async Task<IEnumerable<string>> RefusedAsync()
        => PageTables.Lines(
            ["what", "for example", "rule", "instead"],
            from row in await SortedAsync()
            where row.Fault is not null
            orderby row.Fault
            select (string[])[row.Construct.What, Examples(row.Construct), $"[{row.Fault}](rules/{row.Fault}.md)", row.Construct.Instead]);

    private static async Task<IEnumerable<(Construct Construct, string? Fault)>> SortedAsync()
    {
        (Construct Construct, string Example)[] examples = [.. from construct in s_all from example in construct.Examples select (construct, example)];
        IReadOnlyList<(string Rule, string Message)?> faults = await Formulas.FaultsAsync([.. examples.Select(pair => pair.Example)]);
        return examples.Zip(faults, (pair, fault) => (pair.Construct, pair.Example, fault?.Rule)).GroupBy(row => row.Construct).Select(rows => (rows.Key, Verdict(rows.Key, [.. rows.Select(row => (row.Example, row.Rule))]))).ToArray();
    }

    /// <summary>The one rule that most examples break; a construct is one only where all of them do, or none.</summary>
    private static string? Verdict(Construct construct, IReadOnlyList<(string Example, string? Rule)> examples)
    {
        (string Example, string? Rule)[] other = [.. examples.Where(example => (example.Rule is null) != (construct.Instead.Length == 0))];
        Assert.True(other.Length == 0, $"{construct.What}: the language {(construct.Instead.Length == 0 ? "lacks" : "has")} {string.Join(", ", other.Select(example => $"{example.Example} ({example.Rule})"))}; put it into a row of its own, with what to write instead where it is lacking");
        return examples[0].Rule;
    }

    private static string Examples(Construct construct)
        => string.Join(", ", construct.Examples.Where((example, i) => i == 0 || construct.Examples.Take(i + 1).Sum(shown => shown.Length) <= Width).Select(example => $"`{example}`"));
}
