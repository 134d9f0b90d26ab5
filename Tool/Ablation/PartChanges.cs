namespace Squelch.Tool;

/// <summary>The other candidates and the other touch that the language has.</summary>
internal static class PartChanges
{
    /// <summary>All for a policy.</summary>
    public static IEnumerable<AblationChange> Of(PolicyDescriptor policy) =>
    [
        .. Enum.GetValues<Candidates>().Where(kind => kind != policy.Candidates).Select(kind => new AblationChange(
            Aspect.Candidates, PolicyWords.CandidateKind(kind), parts => parts with { Descriptor = parts.Descriptor with { Candidates = kind } })),
        .. Enum.GetValues<Touch>().Where(kind => kind != policy.Touch).Select(kind => new AblationChange(
            Aspect.Touch, PolicyWords.TouchKind(kind), parts => parts with { Descriptor = parts.Descriptor with { Touch = kind } })),
    ];
}
