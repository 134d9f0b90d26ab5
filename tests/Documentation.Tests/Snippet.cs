using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Analyzers;
using Squelch.Generators;

namespace Squelch.Documentation.Tests;

/// <summary>C# that a page shows, built as in a project with Squelch's packages: types as they stand, statements in a method that is given what the page says.</summary>
internal static class Snippet
{
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq; global using Squelch; global using Squelch.GpuScoring; global using Squelch.Policies;";

    private static readonly CSharpParseOptions s_options = CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest);

    private static readonly MetadataReference[] s_references
        = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>The warnings and errors, as <c>dotnet build</c> prints them.</summary>
    /// <param name="code">The block.</param>
    /// <param name="given">Parameters that statements may use, as C# declares them.</param>
    /// <param name="file">The name of the source.</param>
    /// <param name="line">The number of its first line in that source.</param>
    public static async Task<string[]> BuildAsync(string code, string given, string file, int line = 1)
    {
        bool isStatements = CSharpSyntaxTree.ParseText(code, s_options).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();
        string placed = $"#line {line}\n{code}\n";
        string source = isStatements ? $"static class Page {{ static void Show({given}) {{\n{placed}}} }}" : placed;
        CSharpCompilation written = CSharpCompilation.Create(
            "Shown",
            [CSharpSyntaxTree.ParseText(source, s_options, file), CSharpSyntaxTree.ParseText(Usings, s_options)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: s_options)
            .RunGeneratorsAndUpdateCompilation(written, out Compilation built, out ImmutableArray<Diagnostic> crashes);
        ImmutableArray<Diagnostic> reported = await written.WithAnalyzers([new PolicyAnalyzer()], new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. from diagnostic in built.GetDiagnostics().Concat(crashes).Concat(reported)
               where diagnostic.Severity >= DiagnosticSeverity.Warning
               let place = diagnostic.Location.GetMappedLineSpan()
               orderby place.StartLinePosition
               let severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning"
               select $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}",
        ];
    }
}
