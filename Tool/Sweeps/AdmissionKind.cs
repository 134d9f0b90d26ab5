using System.Globalization;

namespace Squelch.Tool;

/// <summary>What policies must have in common to be held against one bound and one offline rule.</summary>
/// <param name="Admission">Which checkpoints they keep.</param>
/// <param name="Candidates">Which nodes they evict, where that makes a difference: whole blocks can be joined or not.</param>
internal sealed record AdmissionKind(AdmissionDescriptor Admission, Candidates Candidates)
{
    /// <summary>All that it says, for names of files: two formulas of one text may call methods that differ.</summary>
    public string Identity
        => Admission.Formula is not { } formula ? $"{Admission} {Candidates}"
            : string.Create(CultureInfo.InvariantCulture, $"{Admission with { Formula = null }} {Candidates}\n{formula.Name} = {formula.Text}\n{formula.Above:R} {formula.Best} {string.Join(' ', formula.Tunables)}\n{formula.Worth.Method.Module.ModuleVersionId}");

    /// <summary>That of a policy with its tunables.</summary>
    public static AdmissionKind Of(PolicySettings settings)
    {
        PolicyDescriptor policy = settings.Policy.Descriptor;
        return new(
            policy.Admission.WithTunables(policy.Admission.Formula is null ? [] : TunableValues.Resolve(policy, settings.Tunables)),
            policy.Admission.WholeBlocks ? policy.Candidates : Candidates.AtMostOneChild);
    }
}
