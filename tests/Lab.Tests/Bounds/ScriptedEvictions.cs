namespace Squelch.Lab.Tests.Bounds;

/// <summary>The most that a prefix cache can hit whatever it evicts: every order of victims is tried.</summary>
internal static class ScriptedEvictions
{
    /// <summary>The optimum, or null where there are too many orders.</summary>
    public static long? Optimum(Trace trace, PolicyDescriptor policy, ModelShape model, long capacity, int mostRuns)
    {
        List<(int Chosen, int Of)> script = [];
        long best = 0;
        for (int run = 0; run < mostRuns; run++)
        {
            best = Math.Max(best, Run(trace, policy, model, capacity, script));

            // The next order: the last choice that has another one left.
            while (script.Count > 0 && script[^1].Chosen + 1 == script[^1].Of)
            {
                script.RemoveAt(script.Count - 1);
            }

            if (script.Count == 0)
            {
                return best;
            }

            script[^1] = (script[^1].Chosen + 1, script[^1].Of);
        }

        return null;
    }

    private static long Run(Trace trace, PolicyDescriptor policy, ModelShape model, long capacity, List<(int Chosen, int Of)> script)
    {
        using var cache = new PrefixCache(
            policy,
            new PrefixCacheOptions { CapacityBytes = capacity, Model = model, PageTokens = trace.PageTokens },
            (nodes, _) => new Selector(script));
        long hits = 0;
        foreach (Request request in trace.Requests)
        {
            Lease lease = cache.Lookup(request.Pages.Span[..request.InputPages], tokens: request.InputTokens);
            cache.Commit(lease, request.Pages.Span, request.InputTokens + request.OutputTokens);
            hits += lease.HitTokens;
        }

        return hits;
    }

    /// <summary>Follows the script, then takes the first candidate and writes that down.</summary>
    private sealed class Selector(List<(int Chosen, int Of)> script) : IVictimSelector
    {
        private readonly SortedSet<int> _candidates = [];
        private int _choices;

        public void SetCandidate(int node, bool candidate) => _ = candidate ? _candidates.Add(node) : _candidates.Remove(node);

        public int Select(double now)
        {
            if (_candidates.Count == 0)
            {
                return NodeTable.None;
            }

            if (_choices == script.Count)
            {
                script.Add((0, _candidates.Count));
            }

            return _candidates.ElementAt(script[_choices++].Chosen);
        }

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

        public void Evicting(int node, double now)
        {
        }

        public void Remove(int node)
        {
        }

        public void Retune(ReadOnlySpan<double> tunables)
        {
        }
    }
}
