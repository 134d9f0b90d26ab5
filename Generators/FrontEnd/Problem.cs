using System;
using Microsoft.CodeAnalysis;

namespace Squelch.Generators.FrontEnd;

/// <summary>Something wrong with a policy: a rule's id, where, and the arguments of its message. Never part of a cached model.</summary>
internal sealed record Problem(string Id, Location Location, string[] Arguments)
{
    public static Problem At(string id, ISymbol symbol, params string[] arguments) => new(id, symbol.Locations[0], arguments);

    public static Problem At(string id, SyntaxNode node, params string[] arguments) => new(id, node.GetLocation(), arguments);
}

/// <summary>Stops the lowering of one formula at its first fault.</summary>
internal sealed class FormulaException(Problem problem) : Exception(problem.Id)
{
    public Problem Problem { get; } = problem;
}
