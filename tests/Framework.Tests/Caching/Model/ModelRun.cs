namespace Squelch.Tests.Caching.Model;

/// <summary>Random operations on a cache and on the mirror of an engine; after each of them both must agree.</summary>
internal sealed class ModelRun
{
    private const int MostOpen = 6;
    private const int PartialPage = 100;

    private readonly PrefixCache _cache;
    private readonly EngineMirror _mirror;
    private readonly int _pageTokens;
    private readonly Random _random;
    private readonly List<Open> _open = [];
    private readonly List<int[]> _known = [];
    private readonly bool _throws;
    private int _victims;

    private sealed record Open(Lease Lease, int[] Input, long Space);

    private sealed class Unhappy : Exception;

    public ModelRun(ModelSetting setting, int seed)
    {
        _random = new Random(seed);
        _throws = setting.ListenerThrows;
        _pageTokens = setting.PageTokens;
        _mirror = new EngineMirror(setting.Model, setting.PageTokens, setting.Checkpoints == Checkpoints.Interval ? setting.Every / setting.PageTokens : 0);
        _cache = setting.Create(OnVictim);
    }

    public int Victims => _victims;

    public long Operations { get; private set; }

    public void Step()
    {
        Operations++;
        int choice = _random.Next(20);
        if (_open.Count == 0 || (choice < 9 && _open.Count < MostOpen))
        {
            Lookup();
        }
        else if (choice < 17)
        {
            Commit(Take());
        }
        else if (choice < 18)
        {
            Abandon(Take());
        }
        else
        {
            Refused(_open[_random.Next(_open.Count)]);
        }

        Check();
    }

    private void Lookup()
    {
        int[] input = Sequence();
        long space = _random.Next(3);
        int tokens = TokensOf(input);
        int expected = Math.Min(tokens, _mirror.HitTokens(space, input));
        Lease lease = _cache.Lookup(input, space, tokens: tokens);
        Assert.Equal(expected, lease.HitTokens);
        _open.Add(new(lease, input, space));
    }

    private void Commit(Open open)
    {
        int[] sequence = Longer(open.Input);
        int tokens = TokensOf(sequence);
        PlannedNode[] plan = [.. _cache.Plan(open.Lease, sequence, tokens)];
        Assert.Equal(plan.OrderBy(node => node.Tokens), plan);
        (PlannedNode Node, StateHandle Handle)[] planned = [.. plan.Select(node => (node, _mirror.New()))];
        StateHandle[] handles = [.. planned.Select(step => step.Handle)];
        bool admitted = false;
        try
        {
            admitted = _cache.Commit(open.Lease, sequence, tokens, handles).Admitted;
        }
        catch (Unhappy)
        {
            admitted = true;
        }

        StateAction[] actions = [.. _cache.LastActions];
        _mirror.Do(open.Space, sequence, planned, actions);
        Assert.Throws<InvalidOperationException>(() => _cache.Commit(open.Lease, sequence, tokens, handles));
        Assert.True(admitted || plan.Length == 0 || actions.Any(action => action.Kind == StateActionKind.Decline), "what is not admitted is declined");
        _known.Add(sequence);
        if (_known.Count > 40)
        {
            _known.RemoveAt(_random.Next(_known.Count));
        }
    }

    private void Abandon(Open open)
    {
        StateAction[] actions = [.. _cache.Abandon(open.Lease)];
        Assert.All(actions, action => Assert.Equal(StateActionKind.Join, action.Kind));
        _mirror.Do(open.Space, open.Input, [], actions);
    }

    /// <summary>What is refused changes nothing.</summary>
    private void Refused(Open open)
    {
        (long, int, int, int, long) before = (_cache.Bytes, _cache.NodeCount, _cache.Checkpoints, _cache.OpenLeases, _cache.Lookups);
        int[] sequence = Longer(open.Input);
        int tokens = TokensOf(sequence);
        switch (_random.Next(5))
        {
            case 0 when open.Input.Length > 0:
                int[] other = [.. sequence];
                other[_random.Next(open.Input.Length)] ^= 0x40000000;
                Assert.Throws<ArgumentException>(() => _cache.Commit(open.Lease, other, tokens));
                break;
            case 1 when open.Input.Length > 0:
                Assert.Throws<ArgumentException>(() => _cache.Commit(open.Lease, open.Input[..^1]));
                break;
            case 2:
                Assert.Throws<ArgumentException>(() => _cache.Commit(open.Lease, sequence, -1 - _random.Next(20)));
                Assert.Throws<ArgumentException>(() => _cache.Plan(open.Lease, sequence, (sequence.Length * _pageTokens) + 1).Length);
                break;
            case 3:
                int wrong = _cache.Plan(open.Lease, sequence, tokens).Length + 1;
                Assert.Throws<ArgumentException>(() => _cache.Commit(open.Lease, sequence, tokens, new StateHandle[wrong]));
                break;
            default:
                Assert.Throws<InvalidOperationException>(() => _cache.Abandon(default));
                break;
        }

        Assert.Equal(before, (_cache.Bytes, _cache.NodeCount, _cache.Checkpoints, _cache.OpenLeases, _cache.Lookups));
    }

    private void Check()
    {
        Assert.InRange(_cache.Bytes, 0, _cache.Options.CapacityBytes);
        Assert.Equal(_mirror.Bytes, _cache.Bytes);
        Assert.Equal(_mirror.Count, _cache.NodeCount);
        Assert.Equal(_open.Count, _cache.OpenLeases);
        NodeTable nodes = _cache.Nodes;
        for (int node = 0; node < nodes.Capacity; node++)
        {
            if (!nodes.IsLive(node) || nodes.IsRoot(node))
            {
                continue;
            }

            EngineMirror.State state = _mirror.Find(nodes.Handle(node)) ?? throw new Xunit.Sdk.XunitException($"node {node} has the handle {nodes.Handle(node).Value}, which the engine does not hold");
            Assert.Equal((state.EndTokens, state.EndTokens - state.FromTokens, state.Checkpoint), (nodes.DepthTokens(node), nodes.Tokens(node), nodes.HasCheckpoint(node)));
            Assert.False(nodes.IsCandidate(node) && nodes.Leases(node) > 0, "a leased node is no candidate");
        }

        _mirror.CheckRuns();
        foreach (Open open in _open)
        {
            int held = _mirror.HitTokens(open.Space, open.Input);
            Assert.True(held >= open.Lease.HitTokens, $"a lease's {open.Lease.HitTokens} tokens are not in place: {held}");
        }
    }

    private void OnVictim(VictimRecord record)
    {
        _victims++;
        if (!_throws)
        {
            return;
        }

        if (_random.Next(3) == 0)
        {
            Assert.Throws<InvalidOperationException>(() => _cache.Lookup([1]));
        }

        if (_random.Next(3) == 0)
        {
            throw new Unhappy();
        }
    }

    private Open Take()
    {
        int index = _random.Next(_open.Count);
        Open open = _open[index];
        _open.RemoveAt(index);
        return open;
    }

    /// <summary>A beginning of a known sequence and a few pages more, so that paths branch all the time.</summary>
    private int[] Sequence()
    {
        int[] basis = _known.Count > 0 && _random.Next(5) > 0 ? _known[_random.Next(_known.Count)] : [];
        return Ended([.. basis[.._random.Next(basis.Length + 1)].Where(page => page < PartialPage), .. Pages(_random.Next(4))]);
    }

    private int[] Longer(int[] input)
        => input is [.., >= PartialPage] ? input : Ended([.. input, .. Pages(_random.Next(4))]);

    private int[] Pages(int count) => [.. Enumerable.Range(0, count).Select(_ => _random.Next(3))];

    /// <summary>Some sequences of pages of many tokens end with a page that is not full, and says by its number how full.</summary>
    private int[] Ended(int[] pages) => _pageTokens > 1 && _random.Next(3) == 0 ? [.. pages, PartialPage + _random.Next(1, _pageTokens)] : pages;

    private int TokensOf(int[] sequence)
        => sequence is [.., >= PartialPage] ? ((sequence.Length - 1) * _pageTokens) + sequence[^1] - PartialPage : sequence.Length * _pageTokens;
}
