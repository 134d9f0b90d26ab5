using System.Collections.Generic;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Planning;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ4001 and SQ4002: policies that ask for the GPU.</summary>
internal sealed class DeviceRules : PolicyRule
{
    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        if (!policy.Model.Gpu)
        {
            yield break;
        }

        string? obstacle = DeviceSupport.Obstacle(policy.Plan);
        if (obstacle is not null)
        {
            yield return Problem.At(RuleIds.NoKernel, policy.Type, policy.Type.Name, obstacle);
        }
        else if (!policy.Model.SinglePrecision && SingleError.Of(policy) is { } error)
        {
            yield return Problem.At(RuleIds.DoubleOnDevice, policy.Type, policy.Type.Name, error.ToString("0.0e-0", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
