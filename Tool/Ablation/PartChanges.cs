namespace Squelch.Tool;

/// <summary>The other candidates and the other touch. Checkpoints that go alone can be taken from a policy, but none is given them.</summary>
internal static class PartChanges
{
    /// <summary>All for a policy.</summary>
    public static IEnumerable<AblationChange> Of(PolicyDescriptor policy) =>
    [
        .. ((Candidates[])[Candidates.Leaves, Candidates.AtMostOneChild]).Where(kind => kind != policy.Candidates).Select(kind => new AblationChange(
            Aspect.Candidates, PolicyWords.CandidateKind(kind), parts => parts with { Descriptor = parts.Descriptor with { Candidates = kind } })),
        .. Enum.GetValues<Touch>().Where(kind => kind != policy.Touch).Select(kind => new AblationChange(
            Aspect.Touch, PolicyWords.TouchKind(kind), parts => parts with { Descriptor = parts.Descriptor with { Touch = kind } })),
    ];
}
