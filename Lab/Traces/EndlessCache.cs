namespace Squelch.Lab;

/// <summary>What a cache of any size could reuse: the prefix cache itself, without end and without states that cannot be cut, so that it keeps all it was told.</summary>
internal static class EndlessCache
{
    private const int CancellationInterval = 256;

    private static readonly PolicyDescriptor s_policy = new() { Name = "Endless", Plan = new(PlanKind.Custom, ["It never evicts."]) };

    /// <summary>Pure attention: a prefix can be reused up to any page. How many bytes a token takes does not matter.</summary>
    private static readonly ModelShape s_attention = new("attention", "a layer of the least size", [new AttentionLayers(1, 1, 1, 1, 1)]);

    /// <summary>Per request, the input tokens that it reuses.</summary>
    /// <param name="trace">A trace of keys keeps its own model.</param>
    /// <param name="cancellation">Stops it.</param>
    public static int[] HitTokens(Trace trace, CancellationToken cancellation)
    {
        var options = new PrefixCacheOptions { CapacityBytes = long.MaxValue, Model = trace.Model ?? s_attention, PageTokens = trace.PageTokens, ChecksCommits = false };
        using var cache = new PrefixCache(s_policy, options, (_, _) => new NoVictims());
        var hits = new int[trace.Requests.Count];
        for (int i = 0; i < hits.Length; i++)
        {
            Request request = trace.Requests[i];
            Lease lease = cache.Lookup(request.ReusableInput.Span, tokens: request.ReusableInputTokens);
            cache.Commit(lease, request.ReusablePages.Span, request.ReusableTokens);
            hits[i] = lease.HitTokens;
            if (i % CancellationInterval == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        return hits;
    }

    /// <summary>A cache without end asks for no victim.</summary>
    private sealed class NoVictims : IVictimSelector
    {
        public void Grow(int capacity)
        {
        }

        public void Insert(int node, in Access access)
        {
        }

        public void Hit(int node, in Access access)
        {
        }

        public void Touch(int node, in Access access)
        {
        }

        public void EdgeChanged(int node)
        {
        }

        public void ChildrenChanged(int node)
        {
        }

        public void SetCandidate(int node, bool candidate)
        {
        }

        public void Evicting(int node, double now)
        {
        }

        public void Remove(int node)
        {
        }

        public int Select(double now) => -1;

        public void Retune(ReadOnlySpan<double> tunables)
        {
        }
    }
}
