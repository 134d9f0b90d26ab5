using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers.Rules;

/// <summary>A rule for policies that compile. Every class that derives from it is run; nothing is registered by hand.</summary>
internal abstract class PolicyRule
{
    private static readonly ImmutableArray<PolicyRule> s_all = typeof(PolicyRule).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(PolicyRule)) && !type.IsAbstract)
        .OrderBy(type => type.Name, StringComparer.Ordinal)
        .Select(type => (PolicyRule)Activator.CreateInstance(type))
        .ToImmutableArray();

    /// <summary>What all rules find wrong with a policy.</summary>
    public static IEnumerable<Problem> CheckAll(ValidPolicy policy)
        => s_all.SelectMany(rule =>
        {
            policy.Cancellation.ThrowIfCancellationRequested();
            return rule.Check(policy);
        });

    /// <summary>What this rule finds wrong with a policy.</summary>
    public abstract IEnumerable<Problem> Check(ValidPolicy policy);
}
