namespace Squelch.Tool;

/// <summary>What a prefix cache is made of.</summary>
/// <param name="Descriptor">Candidates, touch and admission.</param>
/// <param name="CreateSelector">The score; tunables are set.</param>
internal sealed record PolicyParts(PolicyDescriptor Descriptor, Func<NodeTable, ulong, IVictimSelector> CreateSelector);

/// <summary>One change of one part.</summary>
/// <param name="Aspect">Which part.</param>
/// <param name="Name">What it is now, in words.</param>
/// <param name="Apply">Changes it.</param>
internal sealed record AblationChange(Aspect Aspect, string Name, Func<PolicyParts, PolicyParts> Apply);
