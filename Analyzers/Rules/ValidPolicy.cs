using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Analyzers.Rules;

/// <summary>A policy without errors, as the rules look at it.</summary>
/// <param name="Model">The generator's own model.</param>
/// <param name="Sources">Where its parts stand.</param>
/// <param name="Type">The policy type.</param>
internal sealed record ValidPolicy(PolicyModel Model, SourceMap Sources, INamedTypeSymbol Type, CancellationToken Cancellation)
{
    private readonly Lazy<PolicyPlan> _plan = new(() => Planner.Plan(Model));

    /// <summary>The plan that the generator chooses.</summary>
    public PolicyPlan Plan => _plan.Value;

    /// <summary>What the inputs of its formulas can be.</summary>
    public LegalRanges Ranges { get; } = new(Model);

    /// <summary>All formulas, each with the part of the model it belongs to; those of candidates first.</summary>
    public IEnumerable<(object Owner, Expression Body, bool Scoring)> Formulas
        => Model.Terms.Select(term => ((object)term, term.Body, true))
            .Concat(Model.Scores.Select(score => ((object)score, score.Body, true)))
            .Concat(Model.Updates.Select(update => ((object)update, update.Body, update.OnlyEvicts)))
            .Concat(Model.Checkpoint is { } checkpoint ? [(checkpoint, checkpoint.Body, true)] : [])
            .Concat(Model.Features.SelectMany(feature => feature.Bodies.Select(body => ((object)feature, body, false))))
            .Concat(Model.ReuseTable is { } table ? [(table, table.Class, true)] : []);

    /// <summary>The range of a term's weight.</summary>
    public ValueRange WeightOf(TermModel term)
        => term.Weight.Tunable is { } name ? LegalRanges.OfTunable(Model.Tunables.First(tunable => tunable.Name == name)) : ValueRange.Point(term.Weight.Constant);
}
