using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Squelch.CodeFixes;

/// <summary>
/// A fix of one kind. Each fault gives edits of the original syntax; fixing all puts the edits of a document together, so that faults that
/// share an attribute, a parameter list or a member do not get in each other's way.
/// </summary>
public abstract class PolicyFix : CodeFixProvider
{
    private readonly string _key;

    private protected PolicyFix(string key, params string[] rules)
    {
        _key = key;
        FixableDiagnosticIds = ImmutableArray.Create(rules);
    }

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixAll);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (await FindSafe(context.Document, diagnostic, new Edits(), context.CancellationToken).ConfigureAwait(false) is { } fix)
            {
                context.RegisterCodeFix(CodeAction.Create(fix.Title, cancellation => Apply(context.Document, fix.Edits, cancellation), _key), diagnostic);
            }
        }
    }

    /// <summary>What to do about a fault, or null where nothing would help.</summary>
    private protected abstract Fix? Find(FixTarget target);

    /// <summary>Looks at what the edits, with those planned, would do beyond the syntax that they change.</summary>
    private protected virtual Task<bool> IsSafe(FixTarget target, Edits edits) => Task.FromResult(true);

    /// <summary>For <see cref="IsSafe"/>: the edits add no compiler error to the document.</summary>
    private protected static async Task<bool> Compiles(FixTarget target, Edits edits)
    {
        Document changed = target.Document.WithSyntaxRoot(edits.Apply(target.Root));
        SemanticModel? after = await changed.GetSemanticModelAsync(target.Cancellation).ConfigureAwait(false);
        return after is not null && Errors(after, target.Cancellation) <= Errors(target.Semantics, target.Cancellation);
    }

    private static int Errors(SemanticModel semantics, CancellationToken cancellation)
        => semantics.GetDiagnostics(null, cancellation).Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private async Task<Fix?> FindSafe(Document document, Diagnostic diagnostic, Edits planned, CancellationToken cancellation)
    {
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? semantics = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        if (root is null || semantics is null)
        {
            return null;
        }

        var target = new FixTarget(document, root, semantics, diagnostic, planned, cancellation);
        return Find(target) is { Edits.IsEmpty: false } fix && await IsSafe(target, planned.And(fix.Edits)).ConfigureAwait(false) ? fix : null;
    }

    private async Task<Document?> FixAll(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        var all = new Edits();

        // A shared method is reported once for each formula that calls it.
        foreach (Diagnostic diagnostic in diagnostics.GroupBy(diagnostic => (diagnostic.Id, diagnostic.Location.SourceSpan)).Select(same => same.First()))
        {
            if (await FindSafe(document, diagnostic, all, context.CancellationToken).ConfigureAwait(false) is { } fix)
            {
                all = all.And(fix.Edits);
            }
        }

        return await Apply(document, all, context.CancellationToken).ConfigureAwait(false);
    }

    private static async Task<Document> Apply(Document document, Edits edits, CancellationToken cancellation)
    {
        SyntaxNode root = (await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false))!;
        return document.WithSyntaxRoot(edits.Apply(root));
    }
}

/// <summary>What is offered for one fault.</summary>
/// <param name="Title">What the author reads.</param>
/// <param name="Edits">What is done.</param>
internal sealed record Fix(string Title, Edits Edits);
