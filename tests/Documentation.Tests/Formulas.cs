using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Analyzers;

namespace Squelch.Documentation.Tests;

/// <summary>Bodies of scores, each in a policy of its own, as the policy compiler takes them.</summary>
internal static class Formulas
{
    private const string Usings = "global using System; global using System.Linq; global using Squelch;";

    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] s_references
        = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the language lacks in each body, as the rule and its message, or null. A body that is no C# fails the test.</summary>
    /// <param name="bodies">Expressions, or statements, which end with ; or }.</param>
    public static async Task<IReadOnlyList<(string Rule, string Message)?>> FaultsAsync(IReadOnlyList<string> bodies)
    {
        SyntaxTree[] trees = [.. bodies.Select(Tree)];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Formulas", [.. trees, CSharpSyntaxTree.ParseText(Usings, s_options)], s_references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

        // The members that the generator would add are missing, and nothing asks for them.
        Diagnostic[] errors = [.. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        Assert.True(errors.Length == 0, string.Join('\n', errors.Select(error => $"'{bodies[Array.IndexOf(trees, error.Location.SourceTree)]}' is no C#: {error.GetMessage(CultureInfo.InvariantCulture)}")));
        ImmutableArray<Diagnostic> reported = await compilation.WithAnalyzers([new PolicyAnalyzer()], new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
        ILookup<SyntaxTree?, Diagnostic> faults = reported.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToLookup(diagnostic => diagnostic.Location.SourceTree);
        return [.. trees.Select(tree => faults[tree].FirstOrDefault() is { } fault ? ((string, string)?)(fault.Id, fault.GetMessage(CultureInfo.InvariantCulture)) : null)];
    }

    /// <summary>The kinds of syntax in a body.</summary>
    public static IEnumerable<SyntaxKind> KindsIn(string body) => Tree(body, 0).GetRoot().DescendantNodes().Select(node => node.Kind());

    private static SyntaxTree Tree(string body, int number)
        => CSharpSyntaxTree.ParseText(
            $$"""
            namespace N{{number}};
            [EvictionPolicy]
            public readonly partial struct P
            {
                const double Life = 100;
                static double s_rate = 2;
                static double Rate { get; } = 2;
                static double Twice(double x) => 2 * x;
                static double Again(double x) => Again(x);
                static double Most(params double[] all) => all[0];
                static double Set(out double x) => x = 1;
                [Score] static double S(double hits, double tokens, double now, long children) {{(body[^1] is ';' or '}' && !body.Contains("switch {", StringComparison.Ordinal) ? $"{{ {body} }}" : $"=> {body};")}}
            }
            static class Other { public static double Of(double x) => x; }
            """,
            s_options);
}
