namespace Squelch.Lab;

/// <summary>How a replay went, beyond its totals: what confidence intervals and pictures are made of.</summary>
public sealed record ReplayProfile
{
    /// <summary>What <see cref="Units"/> are.</summary>
    public required SamplingUnit Unit { get; init; }

    /// <summary>Independent parts of the trace, in order of first arrival.</summary>
    public required IReadOnlyList<TokenTally> Units { get; init; }

    /// <summary>Requests by length of the input, shortest first.</summary>
    public required IReadOnlyList<LengthBand> Lengths { get; init; }

    /// <summary>Time to first token in milliseconds at 0, 1, ..., 100 % of the requests, by the paper's map.</summary>
    public required IReadOnlyList<double> TtftQuantiles { get; init; }

    /// <summary>The same by the map that keeps to the measured floor.</summary>
    public required IReadOnlyList<double> TtftFlooredQuantiles { get; init; }

    /// <summary>Names of the terms, or scores, in the order of <see cref="ProfileStep.Terms"/>; none for a selector written by hand.</summary>
    public required IReadOnlyList<string> Terms { get; init; }

    /// <summary>Equal parts of the trace, in order.</summary>
    public required IReadOnlyList<ProfileStep> Steps { get; init; }
}

/// <summary>What can be drawn again, as a whole, when a confidence interval is estimated.</summary>
public enum SamplingUnit
{
    /// <summary>A session: its requests depend on each other.</summary>
    Session,

    /// <summary>100 consecutive requests, where the trace knows no sessions.</summary>
    Hundred,
}

/// <summary>Requests whose inputs are about equally long.</summary>
/// <param name="From">Least length in tokens; the greatest is just below twice that.</param>
/// <param name="Requests">Requests.</param>
/// <param name="Tokens">Their tokens.</param>
public readonly record struct LengthBand(int From, int Requests, TokenTally Tokens);

/// <summary>Bytes held, by what holds them.</summary>
/// <param name="LeafKv">KV on the edges of leaves.</param>
/// <param name="InnerKv">KV on all other edges.</param>
/// <param name="LeafCheckpoints">Checkpoints at leaves: ends of sequences.</param>
/// <param name="ChainCheckpoints">Checkpoints of nodes with one child.</param>
/// <param name="BranchCheckpoints">Checkpoints where prefixes part.</param>
public readonly record struct ContentBytes(long LeafKv, long InnerKv, long LeafCheckpoints, long ChainCheckpoints, long BranchCheckpoints);

/// <summary>One part of a replay.</summary>
/// <param name="Requests">Requests done at its end.</param>
/// <param name="Tokens">Tokens of its requests.</param>
/// <param name="LeafEvictions">Leaves evicted.</param>
/// <param name="JoinEvictions">Single-child nodes evicted.</param>
/// <param name="Terms">What each term contributed to the scores of its victims, in the mean over a sample of them; empty where there was none.</param>
/// <param name="Content">What the cache held at its end.</param>
public sealed record ProfileStep(int Requests, TokenTally Tokens, long LeafEvictions, long JoinEvictions, IReadOnlyList<double> Terms, ContentBytes Content);
