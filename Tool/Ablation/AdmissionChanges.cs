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
            Checkpoints kept = admission.Checkpoints ^ kind;
            int every = kind != Checkpoints.Interval ? admission.Every : had ? 0 : Every;
            if (kept != Checkpoints.None && every % admission.Align == 0)
            {
                yield return Change($"{(had ? "without" : "with")} {name}", admission with { Checkpoints = kept, Every = every });
            }
        }
    }

    private static string Interval(AdmissionDescriptor admission) => $"every {Number.Count(admission.Every > 0 ? admission.Every : Every)} tokens";

    private static AblationChange Change(string name, AdmissionDescriptor admission)
        => new(Aspect.Admission, name, parts => parts with { Descriptor = parts.Descriptor with { Admission = admission } });
}
