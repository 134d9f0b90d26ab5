using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes all that the policy compiler adds to a policy: one file per concern.</summary>
internal static class PolicyWriter
{
    /// <param name="model">The policy.</param>
    /// <param name="device">The compilation knows Squelch.GpuScoring, so the formula is written for devices too.</param>
    public static IEnumerable<(string HintSuffix, string Text)> Write(PolicyModel model, bool device)
    {
        PolicyPlan plan = Planner.Plan(model);
        var formulas = new EmittedFormulas(plan);
        yield return (".Policy.g.cs", new DescriptorWriter(plan, device).Write());
        if (plan.Shape == PlanShape.Custom)
        {
            yield break;
        }

        yield return (".Columns.g.cs", new SelectorWriter(plan).Write());
        if (!plan.Ordered)
        {
            yield return (".Scalar.g.cs", new ScalarWriter(formulas).Write());
            if (plan.Vectors)
            {
                yield return (".Simd.g.cs", new KernelsWriter(formulas).Write());
            }
        }

        if (plan.Shape == PlanShape.PrunedScan)
        {
            yield return (".Bounds.g.cs", new BoundsWriter(formulas).Write());
        }

        if (model.Tunables.Count > 0)
        {
            yield return (".Tuning.g.cs", new TuningWriter(formulas).Write());
        }

        if (device && DeviceWriter.For(plan) is { } writer)
        {
            yield return (".Gpu.g.cs", writer.Write());
        }
    }
}
