namespace Squelch.Policies;

/// <summary>
/// Time to live: leaves past the engine's hint <c>expires</c>, or idle for longer than Life, go before all others; then the least recently used.
/// </summary>
[EvictionPolicy(Candidates = Candidates.Leaves, Touch = Touch.Path)]
public readonly partial struct Ttl
{
    /// <summary>Ticks without use after which a leaf is stale.</summary>
    [Tunable(1, 1e9, Default = 3600)] public double Life { get; init; }

    [Score] static double Alive(double now, double lastAccess, double expires, double life) => now < expires && now - lastAccess <= life ? 1 : 0;

    [Score(Order = 1)] static double Recency(double lastAccess) => lastAccess;
}
