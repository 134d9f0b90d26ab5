namespace Squelch;

/// <summary>Where a cache looks for its policy's tunables.</summary>
public enum TuningMode
{
    /// <summary>Nowhere: the tunables stay as they are.</summary>
    Off,

    /// <summary>
    /// On a thread of the pool. What is found is adopted at the beginning of a later lookup: which one depends on how long the tuner takes, so that two runs
    /// may differ.
    /// </summary>
    Background,

    /// <summary>
    /// In the commit that completes the tuner's window, which takes that much longer. What is found is adopted there, before the commit chooses victims: two
    /// runs are alike. Replays tune so.
    /// </summary>
    Synchronous,
}

/// <summary>How a cache looks for the tunables of a policy that declares a tuner; without effect for all others.</summary>
public sealed record TuningOptions
{
    /// <summary>
    /// Where it looks. Null, the default: <see cref="TuningMode.Background"/> for a cache that was made without tunables, <see cref="TuningMode.Off"/> for one
    /// that was made with a policy of the caller's, whose tunables are then kept.
    /// </summary>
    public TuningMode? Mode { get; init; }

    /// <summary>
    /// The most bytes that recorded requests may take; 64 MiB by default. A page takes 4 bytes, and a request about 200 besides. Where they are full,
    /// a tuner records no more and chooses by what it has: a <see cref="BootstrapTunerAttribute"/> at the first eviction, if that is still to come, a
    /// <see cref="ShadowTunerAttribute"/> as soon as it may. The latter records a word for each group of pages, and far less.
    /// </summary>
    public long MostBytes { get; init; } = 64L << 20;

    /// <summary>The window of a <see cref="BootstrapTunerAttribute"/>, in place of its multiplier; null for that.</summary>
    public int? BootstrapMultiplier { get; init; }
}
