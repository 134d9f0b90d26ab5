namespace Squelch.Analyzers.Tests.RandomPolicies;

/// <summary>Runs a policy's generated code over nodes of all sizes and ages.</summary>
internal sealed class RandomGrove<TPolicy>
    where TPolicy : struct, IEvictionPolicy<TPolicy>
{
    private const int Count = 200;

    private readonly NodeTable _nodes = new(ModelShape.PaperHybrid);
    private readonly Random _random = new(7);
    private readonly FormulaSelector _selector;
    private readonly int[] _live;
    private readonly Access[] _accesses;

    public RandomGrove()
    {
        int root = _nodes.Add(NodeTable.None, 0);
        double[] tunables = [.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)];
        _selector = (FormulaSelector)TPolicy.FromTunables(tunables).CreateSelector(_nodes, seed: 1);
        _live = new int[Count];
        _accesses = new Access[Count];
        for (int i = 0; i < Count; i++)
        {
            int node = _nodes.Add(root, i == 0 ? int.MaxValue / 4 : 1 + _random.Next(4000));
            if (i % 3 > 0)
            {
                _nodes.SetCheckpoint(node);
            }

            double now = i == 1 ? 0 : _random.Next(1000);
            _live[i] = node;
            _accesses[i] = new(now, new(_random.Next(4), i % 4 == 0 ? double.PositiveInfinity : now + _random.Next(500), i % 5 == 0 ? double.PositiveInfinity : now + _random.Next(500), Session: 1 + _random.Next(9), SessionGapSpread: i % 3 == 0 ? double.PositiveInfinity : _random.Next(50)))
            {
                Parent = i % 2 == 1 ? _live[i - 1] : null,
                Continues = i % 4 == 1,
            };
        }

        _selector.Grow(_nodes.Capacity);
        Use();
        Use();
    }

    /// <summary>Every event and selection once or more; the bytes that this allocates once all is warm.</summary>
    public long Allocated()
    {
        // What allocates does so every time. A collection on another thread takes what is left of this thread's buffer, which then counts as allocated, once.
        long least = long.MaxValue;
        for (int turn = 0; turn < 4 && least > 0; turn++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Use();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    /// <summary>The scores of all nodes, at several times.</summary>
    public IEnumerable<double> Scores()
    {
        Enter();
        foreach (double now in (double[])[1000, 1001, 1e9, 9007199254740991])
        {
            foreach (int node in _live)
            {
                yield return _selector.Score(node, now);
            }
        }
    }

    /// <summary>The generated score of each node at several times, and the values of the features it was computed from.</summary>
    public IEnumerable<(double Score, Dictionary<string, double> Features)> ScoresWithFeatures()
    {
        Enter();
        foreach (double now in (double[])[1000, 1001.5, 1e9])
        {
            for (int i = 0; i < Count; i += 3)
            {
                int node = _live[i];
                yield return (_selector.Score(node, now), new()
                {
                    ["now"] = now,
                    ["lastAccess"] = _accesses[i].Now,
                    ["inserted"] = _accesses[i].Now,
                    ["continues"] = _accesses[i].Continues ? 1 : 0,
                    ["hits"] = 2,
                    ["sessions"] = 1,
                    ["evictedAgo"] = double.PositiveInfinity,
                    ["children"] = _nodes.Children(node),
                    ["tokens"] = _nodes.Tokens(node),
                    ["depthTokens"] = _nodes.DepthTokens(node),
                    ["kvBytes"] = _nodes.KvBytes(node),
                    ["checkpointBytes"] = _nodes.CheckpointBytes(node),
                    ["bytesHeld"] = _nodes.BytesHeld(node),
                    ["pathBytes"] = _nodes.PathBytes(node),
                    ["bytesFreed"] = _nodes.BytesFreed(node),
                    ["replayTokens"] = _nodes.ReplayTokens(node),
                    ["tokensLost"] = _nodes.TokensLost(node),
                    ["subtreeHits"] = 1,
                    ["subtreeBytes"] = _nodes.BytesHeld(node),
                    ["flopsSaved"] = _nodes.FlopsSaved(node),
                    ["cost"] = _nodes.FlopsSaved(node),
                    ["pathFlops"] = _nodes.PathFlops(node),
                    ["priority"] = _accesses[i].Hints.Priority,
                    ["expires"] = _accesses[i].Hints.Expires,
                    ["nextUse"] = _accesses[i].Hints.NextUse,
                    ["turn"] = _accesses[i].Hints.Turn,
                    ["sessionGap"] = _accesses[i].Hints.SessionGap,
                    ["sessionGapSpread"] = _accesses[i].Hints.SessionGapSpread,
                    ["category"] = _accesses[i].Hints.Category,
                    ["draw"] = Draw.At(1, now, _nodes.Creation(node)),
                });
            }
        }
    }

    private void Enter()
    {
        for (int i = 0; i < Count; i++)
        {
            int node = _live[i];
            _selector.Insert(node, _accesses[i]);
            _selector.Hit(node, _accesses[i]);
            _selector.Touch(node, _accesses[i]);
            _selector.EdgeChanged(node);
            _selector.ChildrenChanged(node);
            _selector.SetCandidate(node, true);
        }
    }

    private void Use()
    {
        Enter();
        for (int i = 0; i < 30; i++)
        {
            int victim = _selector.Select(1000 + i);
            _selector.Evicting(victim, 1000 + i);
            _selector.SetCandidate(victim, false);
            _selector.Remove(victim);
            _selector.Insert(victim, _accesses[i]);
            _selector.SetCandidate(victim, true);
        }

        for (int i = 0; i < Count; i++)
        {
            _selector.SetCandidate(_live[i], false);
            _selector.Remove(_live[i]);
        }
    }
}
