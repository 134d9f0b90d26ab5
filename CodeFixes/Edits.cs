using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.CodeFixes;

/// <summary>Changes to the nodes of one tree, applied together: an outer node's change sees the inner ones done.</summary>
internal sealed class Edits
{
    private readonly Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>> _changes = [];
    private readonly HashSet<SyntaxNode> _removed = [];

    public bool IsEmpty => _changes.Count == 0 && _removed.Count == 0;

    /// <summary>Whether a removed member holds this place.</summary>
    public bool Removes(SyntaxNode node) => node.AncestorsAndSelf().Any(_removed.Contains);

    /// <summary>Changes a node; a second change of the same node sees the first.</summary>
    public Edits Change<T>(T node, Func<T, SyntaxNode> change)
        where T : SyntaxNode
    {
        Func<SyntaxNode, SyntaxNode>? before = _changes.TryGetValue(node, out Func<SyntaxNode, SyntaxNode> known) ? known : null;
        _changes[node] = current => (before is null ? current : before(current)) is var next && next is T same ? change(same) : next;
        return this;
    }

    /// <summary>Removes a member or an attribute, with its comments.</summary>
    public Edits Remove(SyntaxNode node)
    {
        _removed.Add(node is AttributeSyntax { Parent: AttributeListSyntax { Attributes.Count: 1 } list } ? list : node);
        return this;
    }

    /// <summary>These edits, then others.</summary>
    public Edits And(Edits others)
    {
        var both = new Edits();
        foreach (KeyValuePair<SyntaxNode, Func<SyntaxNode, SyntaxNode>> change in _changes.Concat(others._changes))
        {
            both.Change(change.Key, change.Value);
        }

        both._removed.UnionWith(_removed);
        both._removed.UnionWith(others._removed);
        return both;
    }

    public SyntaxNode Apply(SyntaxNode root)
    {
        var gone = new SyntaxAnnotation();
        var shorter = new SyntaxAnnotation();
        var parents = new HashSet<SyntaxNode>(_removed.Select(node => node.Parent).OfType<TypeDeclarationSyntax>());
        SyntaxNode changed = root.ReplaceNodes(
            _changes.Keys.Concat(_removed).Concat(parents).Distinct(),
            (original, current) =>
            {
                SyntaxNode next = _changes.TryGetValue(original, out Func<SyntaxNode, SyntaxNode> change) ? change(current) : current;
                next = _removed.Contains(original) ? next.WithAdditionalAnnotations(gone) : next;
                return parents.Contains(original) ? next.WithAdditionalAnnotations(shorter) : next;
            });
        changed = changed.RemoveNodes(changed.GetAnnotatedNodes(gone), SyntaxRemoveOptions.KeepUnbalancedDirectives)!;
        return changed.ReplaceNodes(changed.GetAnnotatedNodes(shorter).OfType<TypeDeclarationSyntax>(), (_, current) => WithoutBlankLine(current));
    }

    /// <summary>No blank line after the opening brace, where the first member went.</summary>
    private static SyntaxNode WithoutBlankLine(TypeDeclarationSyntax type)
    {
        if (type.Members.Count == 0)
        {
            return type;
        }

        SyntaxTriviaList leading = type.Members[0].GetLeadingTrivia();
        int blank = leading.TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia)).ToList().FindLastIndex(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        return blank < 0 ? type : type.ReplaceNode(type.Members[0], type.Members[0].WithLeadingTrivia(leading.Skip(blank + 1)));
    }
}
