using System.Globalization;

namespace Squelch.Tool;

/// <summary>An admission with one kind of checkpoint more or less, or aligned in another way.</summary>
internal static class AdmissionChanges
{
    private const int Every = 8192;
    private const int Align = 64;

    /// <summary>All that keep some checkpoint.</summary>
    public static IEnumerable<AblationChange> Of(AdmissionDescriptor admission)
    {
        if (admission.Every % Align == 0)
        {
            yield return admission.Align > 1
                ? Change("checkpoints anywhere", admission with { Align = 1 })
                : Change(string.Create(CultureInfo.InvariantCulture, $"aligned to {Align} tokens"), admission with { Align = Align });
        }

        foreach ((Checkpoints kind, string name) in ((Checkpoints, string)[])
            [(Checkpoints.Interval, Interval(admission)), (Checkpoints.BranchPoint, "branch points"), (Checkpoints.LastToken, "last token")])
        {
            bool had = admission.Checkpoints.HasFlag(kind);
            if (kind == Checkpoints.Interval && admission.Checkpoints.HasFlag(Checkpoints.Logarithmic))
            {
                // Its places are among those of the interval.
                continue;
            }

            Checkpoints kept = admission.Checkpoints ^ kind;
            int every = kind != Checkpoints.Interval ? admission.Every : had ? 0 : Every;
            if (kept != Checkpoints.None && every % admission.Align == 0)
            {
                yield return Change($"{(had ? "without" : "with")} {name}", admission with { Checkpoints = kept, Every = every });
            }
        }

        foreach (AblationChange change in Without(admission))
        {
            yield return change;
        }
    }

    /// <summary>What only some policies have is taken away.</summary>
    private static IEnumerable<AblationChange> Without(AdmissionDescriptor admission)
    {
        foreach ((Checkpoints kind, string name) in ((Checkpoints, string)[])[(Checkpoints.Logarithmic, "doubling distances"), (Checkpoints.BranchLag, "former ways out")])
        {
            if (admission.Checkpoints.HasFlag(kind) && admission.Checkpoints != kind)
            {
                yield return Change($"without {name}", admission with { Checkpoints = admission.Checkpoints ^ kind, Every = kind == Checkpoints.Logarithmic ? 0 : admission.Every });
            }
        }

        if (admission.LeastSaving > 0)
        {
            yield return Change("without a least saving", admission with { LeastSaving = 0 });
        }

        if (admission.Formula is { } formula)
        {
            yield return Change($"all places, without {formula.Name}", admission with { Formula = null });
        }
    }

    private static string Interval(AdmissionDescriptor admission) => $"every {Number.Count(admission.Every > 0 ? admission.Every : Every)} tokens";

    private static AblationChange Change(string name, AdmissionDescriptor admission)
        => new(Aspect.Admission, name, parts => parts with { Descriptor = parts.Descriptor with { Admission = admission } });
}
