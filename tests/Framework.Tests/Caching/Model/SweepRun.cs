using System.Globalization;

namespace Squelch.Tests.Caching.Model;

/// <summary>Random requests, some of them running side by side, on a cache, on the plain one and on the mirror of an engine.</summary>
internal sealed class SweepRun
{
    private const int MostOpen = 3;
    private const int MostKnown = 12;

    private readonly PlainSetting _setting;
    private readonly PrefixCache _cache;
    private readonly PlainCache _plain;
    private readonly EngineMirror _mirror;
    private readonly Random _random;
    private readonly List<(Lease Lease, PlainCache.Held Held, string Input)> _open = [];
    private readonly List<string> _known = [];
    private readonly List<(StateActionKind Action, int PathTokens, int EdgeTokens)> _victims = [];

    public SweepRun(PlainSetting setting, int seed)
    {
        _setting = setting;
        _random = new Random(seed);
        _cache = setting.Create(record => _victims.Add((record.Action, record.PathTokens, record.EdgeTokens)));
        _plain = new PlainCache(setting);
        _mirror = new EngineMirror(setting.Model, setting.PageTokens, setting.BlockPages);
    }

    public int Count(StateActionKind action) => _victims.Count(victim => victim.Action == action);

    public void Step()
    {
        if (_open.Count == 0 || (_random.Next(2) == 0 && _open.Count < MostOpen))
        {
            string input = Sequence();
            Lease lease = _cache.Lookup(Pages(input), tokens: _setting.TokensOf(input));
            PlainCache.Held held = _plain.Lookup(input);
            Assert.Equal((held.HitTokens, held.BranchTokens), (lease.HitTokens, lease.BranchTokens));
            Assert.InRange(lease.HitTokens, 0, _setting.TokensOf(input));
            _open.Add((lease, held, input));
        }
        else
        {
            int index = _random.Next(_open.Count);
            (Lease lease, PlainCache.Held held, string input) = _open[index];
            _open.RemoveAt(index);
            End(lease, held, input);
        }

        Compare();
    }

    private void End(Lease lease, PlainCache.Held held, string input)
    {
        if (_random.Next(8) == 0)
        {
            StateAction[] joined = [.. _cache.Abandon(lease)];
            _mirror.Do(0, Pages(input), [], joined);
            _plain.Abandon(held);
            return;
        }

        string sequence = Longer(input);
        int[] pages = Pages(sequence);
        int tokens = _setting.TokensOf(sequence);
        (PlannedNode Node, StateHandle Handle)[] planned = [.. _cache.Plan(lease, pages, tokens).ToArray().Select(node => (node, _mirror.New()))];
        CommitResult result = _cache.Commit(lease, pages, tokens, [.. planned.Select(step => step.Handle)]);
        StateAction[] actions = [.. result.Actions];
        bool admitted = result.Admitted;
        _mirror.Do(0, pages, planned, actions);
        Assert.Equal(_plain.Commit(held, sequence), admitted);
        _known.Add(sequence);
        if (_known.Count > MostKnown)
        {
            _known.RemoveAt(_random.Next(_known.Count));
        }
    }

    private void Compare()
    {
        Assert.Equal(_plain.Victims, _victims);
        Assert.Equal(
            _plain.Prefixes.Select(prefix => $"{prefix.Path} {prefix.Checkpoint} {_setting.TokensOf(prefix.Path)}").Order(StringComparer.Ordinal),
            Contents().Order(StringComparer.Ordinal));
        Assert.Equal(_plain.Bytes, _cache.Bytes);
        Assert.InRange(_cache.Bytes, 0, _setting.Capacity);
        Assert.Equal(_cache.NodeCount, _mirror.Count);
        Assert.Equal(_cache.Bytes, _mirror.Bytes);
        _mirror.CheckRuns();
    }

    /// <summary>What the tree itself says that it holds, which is also what the engine holds under its handles.</summary>
    private IEnumerable<string> Contents()
    {
        NodeTable nodes = _cache.Nodes;
        for (int node = 0; node < nodes.Capacity; node++)
        {
            if (!nodes.IsLive(node) || nodes.IsRoot(node))
            {
                continue;
            }

            string path = "";
            for (int above = node; !nodes.IsRoot(above); above = nodes.Parent(above))
            {
                int[] edge = new int[nodes.Pages(above)];
                _cache.Tree.Edges.CopyTo(nodes.LastSegment(above), edge);
                path = string.Concat(edge.Select(page => (char)page)) + path;
            }

            Assert.Equal(Pages(path), _mirror.Find(nodes.Handle(node))?.Path);
            yield return string.Create(CultureInfo.InvariantCulture, $"{path} {nodes.HasCheckpoint(node)} {nodes.DepthTokens(node)}");
        }
    }

    private string Sequence()
    {
        string basis = _known.Count > 0 && _random.Next(5) > 0 ? _known[_random.Next(_known.Count)] : "";
        return Ended(basis[.._random.Next(basis.Length + 1)].TrimEnd(Ends) + More());
    }

    private string Longer(string input) => input is [.., < 'a'] ? input : Ended(input + More());

    /// <summary>Some pages, or some runs of as many equal ones as an interval has, so that whole blocks come again.</summary>
    private string More()
    {
        int run = _random.Next(2) == 0 ? 1 : _setting.Unit;
        return string.Concat(Enumerable.Range(0, _random.Next(4)).Select(_ => new string((char)('a' + _random.Next(2)), run)));
    }

    /// <summary>Some sequences end with a page that is not full.</summary>
    private string Ended(string pages) => _setting.PageTokens > 1 && _random.Next(3) == 0 ? pages + Ends[_random.Next(Ends.Length)] : pages;

    private char[] Ends => [.. Enumerable.Range(1, _setting.PageTokens - 1).Select(tokens => (char)(PlainSetting.Partial + tokens))];

    private static int[] Pages(string path) => [.. path.Select(page => (int)page)];
}
