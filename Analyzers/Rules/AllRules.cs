using System;
using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers.Rules;

/// <summary>The rules for policies that compile.</summary>
internal static class AllRules
{
    private static readonly Func<ValidPolicy, IEnumerable<Problem>>[] s_rules =
    [
        UpdateRule.Check,
        UnreadRule.Check,
        FaultRules.Check,
        PrecisionRule.Check,
        ConstantRules.Check,
        TrendRule.Check,
        WeightRules.Check,
        UnitRules.Check,
        DeviceRules.Check,
        PlanRules.Check,
    ];

    public static IEnumerable<Problem> Check(ValidPolicy policy)
        => s_rules.SelectMany(rule =>
        {
            policy.Cancellation.ThrowIfCancellationRequested();
            return rule(policy);
        });
}
