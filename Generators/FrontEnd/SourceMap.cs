using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>Where the parts of a bound policy stand in its source. For rules alone: it holds symbols and syntax, so it is no part of a model.</summary>
internal sealed class SourceMap
{
    private readonly Dictionary<object, SyntaxNode> _parts = new(ExpressionTree.ByReference);
    private readonly Dictionary<object, ISymbol> _members = new(ExpressionTree.ByReference);

    /// <summary>Divisions of integer constants with a remainder, which the compiler computes away.</summary>
    public List<SyntaxNode> Truncations { get; } = [];

    /// <summary>Remembers the innermost syntax of a formula's part.</summary>
    public void Add(Expression part, SyntaxNode syntax)
    {
        if (!_parts.ContainsKey(part))
        {
            _parts.Add(part, syntax);
        }
    }

    /// <summary>Remembers the member that a part of the model (a term, a score, a tunable, ...) was declared by.</summary>
    public void Add(object model, ISymbol member) => _members[model] = member;

    /// <summary>The syntax that a part of a formula came from, or null for parts that the compiler added.</summary>
    public SyntaxNode? SyntaxOf(Expression part) => _parts.TryGetValue(part, out SyntaxNode syntax) ? syntax : null;

    /// <summary>The member that a part of the model was declared by.</summary>
    public ISymbol MemberOf(object model) => _members[model];
}
