namespace Squelch.Tool;

/// <summary>What policies must have in common to be held against one bound and one offline rule.</summary>
/// <param name="Admission">Which checkpoints they keep.</param>
/// <param name="Candidates">Which nodes they evict, where that makes a difference: whole blocks can be joined or not.</param>
internal sealed record AdmissionKind(AdmissionDescriptor Admission, Candidates Candidates)
{
    /// <summary>That of a policy.</summary>
    public static AdmissionKind Of(PolicyDescriptor policy)
        => new(policy.Admission, policy.Admission.WholeBlocks ? policy.Candidates : Candidates.AtMostOneChild);
}
