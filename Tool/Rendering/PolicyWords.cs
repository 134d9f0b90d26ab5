namespace Squelch.Tool;

/// <summary>The parts of a policy descriptor in words.</summary>
internal static class PolicyWords
{
    /// <summary>Follows the name of a policy that knows the future.</summary>
    public const string OfflineMark = " †";

    /// <summary>How victims are found.</summary>
    public static string Plan(PlanKind kind) => kind switch
    {
        PlanKind.FullScan => "full scan",
        PlanKind.PrunedScan => "pruned scan",
        PlanKind.Heap => "indexed heap",
        PlanKind.List => "linked list",
        PlanKind.Custom => "hand-written selector",
        _ => kind.ToString(),
    };

    /// <summary>Which nodes may be victims.</summary>
    public static string CandidateKind(Candidates candidates) => candidates switch
    {
        Candidates.Leaves => "leaves",
        Candidates.AtMostOneChild => "at most one child",
        Candidates.Checkpoints => "leaves and checkpoints",
        _ => candidates.ToString(),
    };

    /// <summary>Which nodes an access refreshes.</summary>
    public static string TouchKind(Touch touch) => touch switch
    {
        Touch.Deepest => "deepest node",
        Touch.Path => "whole path",
        _ => touch.ToString(),
    };

    /// <summary>Which checkpoints are kept.</summary>
    public static string Admission(AdmissionDescriptor admission)
    {
        var parts = new List<string>();
        if (admission.Checkpoints.HasFlag(Checkpoints.BranchPoint))
        {
            parts.Add("branch point");
        }

        if (admission.Checkpoints.HasFlag(Checkpoints.LastToken))
        {
            parts.Add("last token");
        }

        if (admission.Checkpoints.HasFlag(Checkpoints.Interval))
        {
            parts.Add($"every {admission.Every} tokens{(admission.WholeBlocks ? ", whole blocks only" : "")}");
        }

        if (admission.Checkpoints.HasFlag(Checkpoints.Logarithmic))
        {
            parts.Add($"after {admission.Every}, {2L * admission.Every}, {4L * admission.Every}, ... tokens");
        }

        if (admission.Checkpoints.HasFlag(Checkpoints.BranchLag))
        {
            parts.Add("where former sequences were left");
        }

        List<string> limits = [parts.Count == 0 ? "no checkpoints" : string.Join(", ", parts)];
        if (admission.LeastSaving > 0)
        {
            limits.Add($"branch points that save at least {admission.LeastSaving} tokens");
        }

        if (admission.Align > 1)
        {
            limits.Add($"at multiples of {admission.Align} tokens");
        }

        if (admission.Formula is { } formula)
        {
            limits.Add(Choice(formula));
        }

        return string.Join("; ", limits);
    }

    /// <summary>How a formula chooses among the places of checkpoints.</summary>
    public static string Choice(CheckpointFormula formula)
    {
        string above = double.IsNegativeInfinity(formula.Above) ? "" : $" above {Number.Exact(formula.Above)}";
        return formula.Best == 0 ? $"those whose {formula.Name} is{above}"
            : formula.Best == 1 ? $"of those the one with the best {formula.Name}{above}"
            : $"of those the {formula.Best} with the best {formula.Name}{above}";
    }

    /// <summary>A tunable with its range.</summary>
    public static string Tunable(TunableDescriptor tunable)
    {
        string step = tunable.Step > 0 ? $", step {Number.Exact(tunable.Step)}" : "";
        return $"{tunable.Name} {Number.Exact(tunable.Minimum)}..{Number.Exact(tunable.Maximum)}{step}, default {Number.Exact(tunable.Default)}";
    }

    /// <summary>A unit; a dash for a bare number.</summary>
    public static string UnitName(Unit unit) => unit switch
    {
        Unit.None => "-",
        Unit.Flops => "FLOPs",
        Unit.PerTick => "1 per tick",
        _ => unit.ToString().ToLowerInvariant(),
    };
}
