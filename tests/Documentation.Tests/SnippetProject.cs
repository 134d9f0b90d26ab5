using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Squelch.Analyzers;
using Squelch.Generators;

namespace Squelch.Documentation.Tests;

/// <summary>
/// A snippet in a reader's project: built with Squelch's packages, beside the types that its page has shown before it. Of two types of one name the later one
/// counts, as where a reader writes a file anew.
/// </summary>
internal sealed class SnippetProject
{
    /// <summary>What the SDK imports by itself.</summary>
    private const string Usings = "global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Threading; global using System.Threading.Tasks;";

    /// <summary>What code that is shown in part, and not run, need not say.</summary>
    private const string UsingsOfParts = "global using Microsoft.Extensions.Configuration; global using Microsoft.Extensions.DependencyInjection; global using Squelch; global using Squelch.Caching; global using Squelch.GpuScoring; global using Squelch.Policies;";

    private static readonly MetadataReference[] s_references
        = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path))];

    private readonly Snippet _snippet;
    private readonly CSharpCompilation _written;
    private readonly Compilation _built;
    private readonly ImmutableArray<Diagnostic> _crashes;

    /// <param name="snippet">What is built.</param>
    /// <param name="before">What it may use, in the order of the page.</param>
    /// <param name="isWhole">True where it says all that it needs, as code does that is run.</param>
    public SnippetProject(Snippet snippet, IReadOnlyList<Snippet> before, bool isWhole)
    {
        _snippet = snippet;
        IEnumerable<Snippet> used = before.Where((earlier, i) => !before.Skip(i + 1).Append(snippet).SelectMany(later => later.Types).Intersect(earlier.Types).Any());
        _written = CSharpCompilation.Create(
            "Shown",
            [snippet.Tree, .. used.Select(earlier => earlier.Tree), CSharpSyntaxTree.ParseText(isWhole ? Usings : Usings + UsingsOfParts, Snippet.Options)],
            s_references,
            new CSharpCompilationOptions(snippet.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create([new PolicyGenerator().AsSourceGenerator()], parseOptions: Snippet.Options)
            .RunGeneratorsAndUpdateCompilation(_written, out _built, out _crashes);
    }

    /// <summary>The snippet's warnings and errors, as <c>dotnet build</c> prints them.</summary>
    public async Task<string[]> BuildAsync()
    {
        ImmutableArray<Diagnostic> reported = await _written.WithAnalyzers([new PolicyAnalyzer()], new AnalyzerOptions([])).GetAnalyzerDiagnosticsAsync();
        return
        [
            .. from diagnostic in _built.GetDiagnostics().Concat(_crashes).Concat(reported)
               where diagnostic.Severity >= DiagnosticSeverity.Warning && (diagnostic.Location.SourceTree == _snippet.Tree || !_written.ContainsSyntaxTree(diagnostic.Location.SourceTree))
               let place = diagnostic.Location.GetMappedLineSpan()
               orderby place.StartLinePosition
               let severity = diagnostic.Severity == DiagnosticSeverity.Error ? "error" : "warning"
               select $"{place.Path}({place.StartLinePosition.Line + 1},{place.StartLinePosition.Character + 1}): {severity} {diagnostic.Id}: {diagnostic.GetMessage(CultureInfo.InvariantCulture)}",
        ];
    }

    /// <summary>The assembly.</summary>
    public Stream Emit()
    {
        var assembly = new MemoryStream();
        ImmutableArray<Diagnostic> faults = _built.Emit(assembly).Diagnostics.RemoveAll(diagnostic => diagnostic.Severity < DiagnosticSeverity.Error);
        Assert.True(faults.IsEmpty, $"This is run, so it has to be whole, its usings too:\n{string.Join('\n', faults.Select(fault => $"{fault.Location.GetMappedLineSpan()}: {fault.GetMessage(CultureInfo.InvariantCulture)}"))}");
        assembly.Position = 0;
        return assembly;
    }
}
