using Squelch;
using Squelch.Lab;
using Squelch.Policies;

namespace HybridChat;

/// <summary>A row of the table: the requests under one policy.</summary>
/// <param name="Name">The policy's name.</param>
/// <param name="CreateCache">Makes the live cache; null without one.</param>
/// <param name="Replay">Replays the trace as `squelch replay` does; null without a cache.</param>
internal sealed record PolicyRow(string Name, Func<PrefixCacheOptions, PrefixCache>? CreateCache, Func<Trace, ReplayOptions, ReplayResult>? Replay)
{
    /// <summary>The rows, in order. A policy more is a line here.</summary>
    public static IReadOnlyList<PolicyRow> All { get; } =
    [
        Of<Renewal>(),
        Of<MarconiShadow>(),
        Of<Marconi>(),
        Of<SglangPlus>(),
        Of<Lru>(),
        new("no cache", null, null),
    ];

    private static PolicyRow Of<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => new(TPolicy.Descriptor.Name, options => new PrefixCache<TPolicy>(options), Squelch.Lab.Replay.Run<TPolicy>);
}
