using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>Applies code fixes to policies as text.</summary>
internal static class Fixed
{
    /// <summary>The document after the fix of its first fault.</summary>
    /// <param name="fix">The fix.</param>
    /// <param name="source">With <c>[|...|]</c> around the place of each fault, where faults are given.</param>
    /// <param name="faults">None: what the analyzer and the compiler report. Otherwise one per place; the last counts for all places that follow.</param>
    public static async Task<string> One(CodeFixProvider fix, string source, params Fault[] faults)
    {
        (Document document, ImmutableArray<Diagnostic> diagnostics) = await Diagnosed(fix, source, faults);
        return await Text(await Assert.Single(await Offered(fix, document, diagnostics[0])).GetChangedDocument());
    }

    /// <summary>The document after the fix of all its faults at once.</summary>
    public static async Task<string> All(CodeFixProvider fix, string source, params Fault[] faults)
    {
        (Document document, ImmutableArray<Diagnostic> diagnostics) = await Diagnosed(fix, source, faults);
        Assert.True(diagnostics.Length > 1, "A test of fixing all needs two faults.");
        CodeAction first = Assert.Single(await Offered(fix, document, diagnostics[0]));
        var context = new FixAllContext(document, fix, FixAllScope.Document, first.EquivalenceKey!, fix.FixableDiagnosticIds, new Known(diagnostics), default);
        CodeAction? all = await fix.GetFixAllProvider()!.GetFixAsync(context);
        return await Text(await all!.GetChangedDocument(document.Id));
    }

    /// <summary>The titles of what is offered for the first fault.</summary>
    public static async Task<string[]> Titles(CodeFixProvider fix, string source, params Fault[] faults)
    {
        (Document document, ImmutableArray<Diagnostic> diagnostics) = await Diagnosed(fix, source, faults);
        Assert.NotEmpty(diagnostics);
        return [.. (await Offered(fix, document, diagnostics[0])).Select(action => action.Title)];
    }

    /// <summary>The text is as expected, compiles without a warning, and no rule of the fix fires on it.</summary>
    public static async Task Is(string expected, string actual, CodeFixProvider fix)
    {
        Assert.Equal(expected, actual);
        Assert.Empty(Compiled.Build(actual));
        Assert.DoesNotContain(await Compiled.DiagnoseIds(actual), fix.FixableDiagnosticIds.Contains);
    }

    /// <summary>A document of a project with the generator, as an editor has it.</summary>
    public static Document Document(string source)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        return new AdhocWorkspace().CurrentSolution
            .AddProject("Project", "Project", LanguageNames.CSharp)
            .WithParseOptions(Compiled.Options.WithDocumentationMode(DocumentationMode.Diagnose))
            .WithCompilationOptions(options)
            .WithMetadataReferences(Compiled.References)
            .AddAnalyzerReference(new Generator())
            .AddDocument("Policy.cs", SourceText.From(source), filePath: "Policy.cs");
    }

    public static async Task<Document> GetChangedDocument(this CodeAction action, DocumentId? id = null)
    {
        ApplyChangesOperation change = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return id is null ? change.ChangedSolution.Projects.Single().Documents.Single() : change.ChangedSolution.GetDocument(id)!;
    }

    public static async Task<string> Text(Document document) => (await document.GetTextAsync()).ToString();

    private static async Task<List<CodeAction>> Offered(CodeFixProvider fix, Document document, Diagnostic diagnostic)
    {
        var offered = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => offered.Add(action), default));
        return offered;
    }

    private static async Task<(Document Document, ImmutableArray<Diagnostic> Diagnostics)> Diagnosed(CodeFixProvider fix, string source, Fault[] faults)
    {
        (string text, List<TextSpan> places) = Places(source);
        Document document = Document(text);
        if (faults.Length > 0)
        {
            SyntaxTree tree = (await document.GetSyntaxTreeAsync())!;
            return (document, [.. places.Select((place, i) => faults[Math.Min(i, faults.Length - 1)].At(Location.Create(tree, place)))]);
        }

        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        ImmutableArray<Diagnostic> found = await compilation.WithAnalyzers([new PolicyAnalyzer()], new AnalyzerOptions([])).GetAllDiagnosticsAsync();
        return (document, [.. found.Where(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id)).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)]);
    }

    private static (string Text, List<TextSpan> Places) Places(string source)
    {
        var text = new StringBuilder();
        var places = new List<TextSpan>();
        var open = new Stack<int>();
        for (int i = 0; i < source.Length; i++)
        {
            switch (source.AsSpan(i))
            {
                case ['[', '|', ..]:
                    open.Push(text.Length);
                    i++;
                    break;
                case ['|', ']', ..]:
                    places.Add(TextSpan.FromBounds(open.Pop(), text.Length));
                    i++;
                    break;
                default:
                    text.Append(source[i]);
                    break;
            }
        }

        return (text.ToString(), [.. places.OrderBy(place => place.Start)]);
    }

    private sealed class Known(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }

    private sealed class Generator : AnalyzerReference
    {
        // A workspace finds its generators by reference.
        private readonly ImmutableArray<ISourceGenerator> _generators = [new Squelch.Generators.PolicyGenerator().AsSourceGenerator()];

        public override string? FullPath => null;

        public override object Id => nameof(Generator);

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzers(string language) => [];

        public override ImmutableArray<DiagnosticAnalyzer> GetAnalyzersForAllLanguages() => [];

        public override ImmutableArray<ISourceGenerator> GetGeneratorsForAllLanguages() => _generators;

        public override ImmutableArray<ISourceGenerator> GetGenerators(string language) => _generators;
    }
}

/// <summary>A diagnostic as a rule would report it.</summary>
/// <param name="Rule">Its id.</param>
/// <param name="Facts">What it says to the fix.</param>
internal sealed record Fault(string Rule, params (string Name, string Value)[] Facts)
{
    public Diagnostic At(Location location)
        => Diagnostic.Create(
            new DiagnosticDescriptor(Rule, Rule, "", "", DiagnosticSeverity.Warning, true), location, Facts.ToImmutableDictionary(fact => fact.Name, fact => (string?)fact.Value));
}
