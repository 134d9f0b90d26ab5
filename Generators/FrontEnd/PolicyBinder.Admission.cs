using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <content>Which checkpoints are kept.</content>
internal sealed partial class PolicyBinder
{
    private void CheckAdmission(AttributeData? admission)
    {
        if (admission is null || admission.ConstructorArguments.Length == 0)
        {
            return;
        }

        int every = admission.Named("Every", 0);
        int align = admission.Named("Align", 1);
        int least = admission.Named("LeastSaving", 0);
        string[] flags = admission.Flags(0) ?? [];
        bool interval = flags.Contains("Interval");
        bool logarithmic = flags.Contains("Logarithmic");
        string? fault = flags.Length == 0 ? "names no checkpoints: give Checkpoints.None, BranchPoint, LastToken, Interval, Logarithmic or BranchLag"
            : align < 1 ? $"has Align = {align}: checkpoints stand at multiples of at least 1 token"
            : interval && logarithmic ? "has both Interval and Logarithmic, whose places are among those of the interval: keep one"
            : interval && every < 1 ? $"keeps a checkpoint every {every} tokens: give Every, as in [Admission(Checkpoints.Interval, Every = 32)]"
            : logarithmic && every < 1 ? $"keeps the first of its logarithmic checkpoints after {every} tokens: give Every, as in [Admission(Checkpoints.Logarithmic, Every = 32)]"
            : !interval && !logarithmic && every != 0 ? $"has Every = {every}, which has no effect without Checkpoints.Interval or Logarithmic"
            : every != 0 && every % align != 0 ? $"has Every = {every}, no multiple of Align = {align}, at whose multiples alone checkpoints stand"
            : least < 0 ? $"has LeastSaving = {least}: give the tokens that a branch point's checkpoint saves at least, or 0"
            : least > 0 && !flags.Contains("BranchPoint") ? $"has LeastSaving = {least}, which has no effect without Checkpoints.BranchPoint"
            : null;
        if (fault is not null)
        {
            Add(Problem.At(RuleIds.Admission, _policy, _policy.Name, fault));
        }
    }

    /// <summary>The formula that chooses among the places; null where there is none, or where it is wrong.</summary>
    private CheckpointModel? Checkpoint(AttributeData? admission, List<(IPropertySymbol Property, AttributeData Attribute)> tunables, List<(IPropertySymbol Property, AttributeData Attribute)> states)
    {
        CheckAdmission(admission);
        var methods = Methods("CheckpointAttribute");
        foreach ((IMethodSymbol other, _) in methods.Skip(1))
        {
            Add(Problem.At(RuleIds.MethodShape, other, other.Name, "there is a [Checkpoint] method already, and one says what a place is worth"));
        }

        if (methods.Count == 0)
        {
            return null;
        }

        (IMethodSymbol method, AttributeData attribute) = methods[0];
        double above = attribute.NamedNumber("Above") ?? double.NegativeInfinity;
        int best = attribute.Named("Best", 0);
        string? fault = double.IsNaN(above) ? "has Above = NaN, which nothing is above: give a number"
            : best < 0 ? $"has Best = {best}: give how many checkpoints a request leaves behind at most, or 0 for no limit"
            : best == 0 && double.IsNegativeInfinity(above) ? "has a [Checkpoint] method that chooses nothing: give Above, as in [Checkpoint(Above = 0)], or Best, as in [Checkpoint(Best = 2)]"
            : admission is not null && admission.Flags(0) is ["None"] ? "has a [Checkpoint] method, but Checkpoints.None names no places to choose among"
            : null;
        if (fault is not null)
        {
            Add(Problem.At(RuleIds.Admission, method, _policy.Name, fault));
        }

        // In double precision, whatever the score is in: places are judged once per request.
        var lowering = new FormulaLowering(new(_policy, single: false, NamesOf(Methods("FeatureAttribute")), NamesOf(tunables), NamesOf(states), reuseTable: false), _semantics, _sources, _cancellation);
        return Lower(method, lowering, FormulaMoment.Place) is { } body ? Noted(new CheckpointModel(method.Name, Source(method), body, above, best), method) : null;
    }
}
