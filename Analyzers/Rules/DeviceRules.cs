using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

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

        string? obstacle = policy.Model.Selector is not null
            ? "its selector is written by hand: a kernel is made from a formula"
            : policy.Formulas.Where(formula => formula.Scoring).SelectMany(formula => ExpressionTree.All(formula.Body)).OfType<Call>().Where(IsAbsent).Select(Why).FirstOrDefault();
        if (obstacle is not null)
        {
            yield return Problem.At("SQ4001", policy.Type, policy.Type.Name, obstacle);
        }
        else if (!policy.Model.SinglePrecision && SingleError.Of(policy) is { } error)
        {
            yield return Problem.At("SQ4002", policy.Type, policy.Type.Name, error.ToString("0.0e-0", System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Devices compute these in single precision alone.</summary>
    private static bool IsAbsent(Call call)
        => call.Type == IrType.Double
           && call.Function is MathFunction.Exp or MathFunction.Exp2 or MathFunction.Log or MathFunction.Log2 or MathFunction.Log10 or MathFunction.Pow;

    private static string Why(Call call)
        => $"a device has no double-precision {call.Function}: use Precision.Single and floats, or a formula without it";
}
