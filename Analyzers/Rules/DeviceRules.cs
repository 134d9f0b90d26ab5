using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Planning;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ4001 and SQ4002: policies that ask for the GPU.</summary>
internal static class DeviceRules
{
    public static IEnumerable<Problem> Check(ValidPolicy policy)
    {
        if (!policy.Model.Gpu)
        {
            yield break;
        }

        string? obstacle = DeviceSupport.Obstacle(policy.Plan);
        if (obstacle is not null)
        {
            yield return Problem.At("SQ4001", policy.Type, policy.Type.Name, obstacle);
        }
        else if (!policy.Model.SinglePrecision && SingleError.Of(policy) is { } error)
        {
            yield return Problem.At("SQ4002", policy.Type, policy.Type.Name, error.ToString("0.0e-0", System.Globalization.CultureInfo.InvariantCulture));
        }
    }
}
