namespace Squelch.Tool;

/// <summary>Traces that a study speaks of together.</summary>
/// <param name="Name">In tables.</param>
/// <param name="About">What they are.</param>
internal sealed record StudyGroup(string Name, string About)
{
    /// <summary>True where they are one shape under several seeds, so that there is a mean with an interval; else they are traces of their own, and have a median and ends.</summary>
    public bool AreSeeds { get; init; }

    /// <summary>True where old observations are elided, as in the paper's SWE-bench trace; else every prompt goes on where the one before ended, as in its chats.</summary>
    public bool IsElided { get; init; }

    /// <summary>People.</summary>
    public static StudyGroup Chats { get; } = new("chats", "generated: people chatting, log-normal gaps of 100 s") { AreSeeds = true };

    /// <summary>Agents that append.</summary>
    public static StudyGroup Agents { get; } = new("agents", "generated: agents that append tool output, Poisson gaps of 7.5 s") { AreSeeds = true };

    /// <summary>The paper's shape.</summary>
    public static StudyGroup Elided { get; } = new("elided", "generated in the paper's shape: the same agents, old observations elided") { AreSeeds = true, IsElided = true };

    /// <summary>The paper's shape but for its gaps, which make sessions come round almost in a circle.</summary>
    public static StudyGroup ElidedExponential { get; } = new("elided (exp.)", "the same, but the gaps are exponential: sessions come round in no order") { AreSeeds = true, IsElided = true };

    /// <summary>What was given.</summary>
    public static StudyGroup Given { get; } = new("given", "the given traces as they are");

    /// <summary>Given agents.</summary>
    public static StudyGroup GivenElided { get; } = new("given (elided)", "those of agents among them, old observations elided") { IsElided = true };

    /// <summary>All, in the order of tables.</summary>
    public static IReadOnlyList<StudyGroup> All { get; } = [Chats, Agents, Elided, ElidedExponential, Given, GivenElided];
}
