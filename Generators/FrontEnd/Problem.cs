using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Squelch.Generators.FrontEnd;

/// <summary>Something wrong with a policy: a rule's id, where, and the arguments of its message. Never part of a cached model.</summary>
internal sealed record Problem(string Id, Location Location, string[] Arguments)
{
    /// <summary>Facts for code fixes and tests, by name.</summary>
    public ImmutableDictionary<string, string?> Facts { get; init; } = ImmutableDictionary<string, string?>.Empty;

    public static Problem At(string id, ISymbol symbol, params string[] arguments) => new(id, symbol.Locations[0], arguments);

    public static Problem At(string id, SyntaxNode node, params string[] arguments) => new(id, node.GetLocation(), arguments);

    /// <summary>The same problem with one more fact; null adds nothing.</summary>
    public Problem With(string fact, string? value) => value is null ? this : this with { Facts = Facts.SetItem(fact, value) };
}

/// <summary>Stops the lowering of one formula at its first fault.</summary>
/// <param name="problem">Null where the C# compiler reports the fault.</param>
internal sealed class FormulaException(Problem? problem) : Exception(problem?.Id)
{
    public Problem? Problem { get; } = problem;
}
