using System;
using System.Threading;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;
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
}
