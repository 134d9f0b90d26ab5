using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Squelch.Analyzers.Tests;

/// <summary>Policies as text, analysed and compiled against the framework.</summary>
internal static class Compiled
{
    public static CSharpParseOptions Options { get; } = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    public static IReadOnlyList<MetadataReference> References { get; } =
    [
        .. Basic.Reference.Assemblies.Net100.References.All,
        MetadataReference.CreateFromFile(typeof(EvictionPolicyAttribute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Caching.RemovalReason).Assembly.Location),
    ];

    public static CSharpCompilation Compilation(params string[] sources)
        => CSharpCompilation.Create(
            "Compiled",
            sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, Options, $"File{i}.cs")),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>A policy with this body, named P.</summary>
    public static string Policy(string body, string modifiers = "public readonly partial struct", string attribute = "[EvictionPolicy]")
        => $"using System;\nusing Squelch;\nnamespace N;\n{attribute}\n{modifiers} P\n{{\n{body}\n}}\n";

    /// <summary>What the analyzer reports, in the order of the source.</summary>
    public static Task<Diagnostic[]> Diagnose(params string[] sources) => Diagnose(Compilation(sources));

    /// <summary>The same in a project whose arithmetic is checked.</summary>
    public static Task<Diagnostic[]> DiagnoseChecked(string source)
        => Diagnose(Compilation(source) is var compilation ? compilation.WithOptions(compilation.Options.WithOverflowChecks(true)) : null!);

    private static async Task<Diagnostic[]> Diagnose(CSharpCompilation compilation)
    {
        ImmutableArray<Diagnostic> found = await compilation
            .WithAnalyzers([new PolicyAnalyzer()], new AnalyzerOptions([]))
            .GetAnalyzerDiagnosticsAsync();
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    /// <summary>The ids of what the analyzer reports.</summary>
    public static async Task<string[]> DiagnoseIds(string source) => [.. (await Diagnose(source)).Select(diagnostic => diagnostic.Id)];

    /// <summary>The compilation with what the generator adds.</summary>
    public static Compilation Generate(Compilation compilation)
    {
        CSharpGeneratorDriver.Create([new Squelch.Generators.PolicyGenerator().AsSourceGenerator()], parseOptions: Options)
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out ImmutableArray<Diagnostic> crashes);
        Assert.Empty(crashes);
        return output;
    }

    /// <summary>Warnings and errors of the compiler, with the generator run.</summary>
    public static Diagnostic[] Build(params string[] sources)
        => [.. Generate(Compilation(sources)).GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>The compiled assembly, generator included.</summary>
    public static Assembly Load(params string[] sources)
    {
        using var image = new MemoryStream();
        var result = Generate(Compilation(sources)).Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return Assembly.Load(image.ToArray());
    }
}
