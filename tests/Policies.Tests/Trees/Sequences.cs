namespace Squelch.Policies.Tests.Trees;

/// <summary>Runs sequences that share nothing through a prefix cache and tells which went, by number from 1. A request takes two ticks: 1 and 2, 3 and 4, ...</summary>
internal static class Sequences
{
    /// <summary>The victims of sequences of one token each.</summary>
    /// <param name="room">Sequences that fit.</param>
    /// <param name="hints">Of each request.</param>
    /// <param name="tunables">One value per tunable, or none for the defaults.</param>
    public static int[] Victims<TPolicy>(int room, RequestHints[] hints, params double[] tunables)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => Run<TPolicy>(room * (ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(1)), [.. hints.Select(hint => (1, hint))], tunables);

    /// <summary>The victims of sequences of some lengths, where all but the last just fit.</summary>
    public static int[] VictimsOf<TPolicy>(int[] tokens, double[] tunables)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        ModelShape model = ModelShape.PaperHybrid;
        return Run<TPolicy>(tokens[..^1].Sum(length => model.CheckpointBytes + model.KvBytes(length)), [.. tokens.Select(length => (length, default(RequestHints)))], tunables);
    }

    private static int[] Run<TPolicy>(long capacity, (int Tokens, RequestHints Hints)[] requests, double[] tunables)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        List<int> victims = [];
        PrefixCache<TPolicy>? cache = null;
        double[] values = tunables.Length > 0 ? tunables : [.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)];
        using (cache = new PrefixCache<TPolicy>(TPolicy.FromTunables(values), new() { CapacityBytes = capacity, OnVictim = victim => victims.Add(cache!.Nodes.EdgeKey(victim.Node)) }))
        {
            for (int i = 0; i < requests.Length; i++)
            {
                int[] pages = [i + 1, .. Enumerable.Repeat(1000 + i, requests[i].Tokens - 1)];
                Lease lease = cache.Lookup(pages, hints: requests[i].Hints);
                cache.Commit(lease, pages);
            }
        }

        return [.. victims];
    }
}
