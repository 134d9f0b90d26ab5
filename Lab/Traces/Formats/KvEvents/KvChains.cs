using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>The blocks of one group of caches, each with the one that it hangs from, and the requests that stored them.</summary>
/// <remarks>A page is a hash, the same in all caches. The block that it hangs from is looked up in its own cache.</remarks>
internal sealed class KvChains(KvGroup group)
{
    /// <summary>What goes on later than this is a request of its own.</summary>
    private const double MostSecondsBetweenStores = 10;

    private readonly Dictionary<string, int> _pages = [];
    private readonly List<KvBlock> _contents = [];
    private readonly Dictionary<string, Cache> _caches = [];
    private readonly List<Node> _nodes = [];

    /// <summary>The group.</summary>
    public KvGroup Group { get; private set; } = group;

    /// <summary>The engines of its first store; null before.</summary>
    public string? Engine { get; private set; }

    /// <summary>What is wrong with its events; null where nothing is.</summary>
    public SquelchException? Fault { get; private set; }

    /// <summary>Tokens of a block; 0 where no event says.</summary>
    public int BlockTokens { get; private set; }

    /// <summary>Requests: when each began, and the block that it ends with.</summary>
    public List<(double Time, int End)> Requests { get; } = [];

    /// <summary>What else happened.</summary>
    public KvTally Tally { get; } = new();

    /// <summary>The blocks.</summary>
    public ReadOnlySpan<Node> Nodes => CollectionsMarshal.AsSpan(_nodes);

    /// <summary>The most tokens that a block was seen to hold; 0 where no event tells tokens.</summary>
    public int MostTokens => _contents.Count == 0 ? 0 : _contents.Max(block => block.Tokens);

    /// <summary>A page's hash and tokens.</summary>
    public KvBlock Content(int page) => _contents[page];

    /// <summary>Stores blocks. Those that go on where the cache's last store ended belong to its request, else a request begins.</summary>
    public void Store(BlocksStored stored, double time)
    {
        Tally.Stores++;
        Engine ??= stored.Engine;
        Group = Group with { IsFullAttention = Group.IsFullAttention || stored.Group.IsFullAttention };
        BlockTokens = BlockTokens == 0 ? stored.BlockTokens : BlockTokens;
        Fault ??= stored.Fault ?? (stored.BlockTokens == 0 || stored.BlockTokens == BlockTokens ? null : stored.Origin.Error(
            $"a block has {stored.BlockTokens} tokens, those before had {BlockTokens}",
            "Split the log by engine: all blocks of a trace have one size"));
        if (Fault is not null || stored.Blocks.Count == 0)
        {
            return;
        }

        Cache cache = CacheOf(stored.Origin.Cache);
        int parent = stored.Parent is { } hash ? NodeOf(cache, PageOf(new(hash, 0, 0), stored.Origin)) : Node.Root;
        int end = parent;
        foreach (KvBlock block in stored.Blocks)
        {
            end = Link(cache, PageOf(block, stored.Origin), end);
        }

        // A block that is known behind another one is found there, without what this store names.
        bool isBehind = _nodes[cache.Nodes[_pages[stored.Blocks[0].Hash]]].Parent == parent;
        bool isSoon = parent != Node.Root && time - _nodes[parent].EndedAt <= MostSecondsBetweenStores;
        if (isSoon && isBehind && cache.Open >= 0 && parent == cache.End)
        {
            Requests[cache.Open] = (Requests[cache.Open].Time, end);
        }
        else
        {
            Tally.GoOn += isSoon ? 1 : 0;
            cache.Open = Requests.Count;
            Requests.Add((time, end));
        }

        cache.End = end;
        CollectionsMarshal.AsSpan(_nodes)[end].EndedAt = time;
    }

    /// <summary>Removes blocks; those that the log never stored do not matter.</summary>
    public void Remove(BlocksRemoved removed)
    {
        if (!_caches.TryGetValue(removed.Origin.Cache, out Cache? cache))
        {
            return;
        }

        foreach (string hash in removed.Hashes)
        {
            if (_pages.TryGetValue(hash, out int page) && cache.Nodes.TryGetValue(page, out int node))
            {
                CollectionsMarshal.AsSpan(_nodes)[node].RemovedIn = cache.Life;
            }
        }
    }

    /// <summary>Drops all blocks of a cache: what comes after is no work that a better policy saves.</summary>
    public void Clear(string name)
    {
        if (_caches.TryGetValue(name, out Cache? cache))
        {
            (cache.Life, cache.Open) = (cache.Life + 1, -1);
        }
    }

    private Cache CacheOf(string name) => _caches.TryGetValue(name, out Cache? cache) ? cache : _caches[name] = new();

    private int PageOf(KvBlock block, KvEventOrigin origin)
    {
        ref int page = ref CollectionsMarshal.GetValueRefOrAddDefault(_pages, block.Hash, out bool exists);
        if (!exists)
        {
            page = _contents.Count;
            _contents.Add(block);
        }
        else if (block.Content != 0 && _contents[page].Content is var before && before != block.Content)
        {
            _contents[page] = before == 0 ? block : _contents[page];
            Fault ??= before == 0 ? null : origin.Error(
                $"block {Shown(block.Hash)} is stored with other tokens than before",
                "Engines with hashes of their own are mixed: split the log by engine, or read one of its caches (--rank)");
        }

        return page;
    }

    private int Link(Cache cache, int page, int parent)
    {
        int number = NodeOf(cache, page);
        ref Node node = ref CollectionsMarshal.AsSpan(_nodes)[number];
        if (!node.IsStored)
        {
            // Until now it was known only as what others hang from.
            (node.IsStored, node.Parent) = (true, parent);
        }
        else if (node.Parent != parent)
        {
            Tally.Moved++;
        }

        Tally.Blocks++;
        Tally.Again += node.RemovedIn == cache.Life ? 1 : 0;
        node.RemovedIn = 0;
        return number;
    }

    private int NodeOf(Cache cache, int page)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(cache.Nodes, page, out bool exists);
        if (!exists)
        {
            number = _nodes.Count;
            _nodes.Add(new() { Page = page });
        }

        return number;
    }

    private static string Shown(string hash) => hash.Length <= 24 ? hash : hash[..24] + "..";

    /// <summary>A block in a cache.</summary>
    internal struct Node()
    {
        /// <summary>The parent of a prompt's first block.</summary>
        public const int Root = -1;

        /// <summary>Its page.</summary>
        public int Page;

        /// <summary>The block that it hangs from.</summary>
        public int Parent = Root;

        /// <summary>True once it was stored; until then it is known as a parent only.</summary>
        public bool IsStored;

        /// <summary>The life of the cache in which it was removed; 0 where it was not.</summary>
        public int RemovedIn;

        /// <summary>When a store last ended with it.</summary>
        public double EndedAt = double.NegativeInfinity;
    }

    /// <summary>What one rank of one worker holds.</summary>
    private sealed class Cache
    {
        public Dictionary<int, int> Nodes { get; } = [];

        /// <summary>Grows when all blocks are dropped.</summary>
        public int Life { get; set; } = 1;

        /// <summary>The request of the last store, or -1.</summary>
        public int Open { get; set; } = -1;

        /// <summary>The block that it ended with.</summary>
        public int End { get; set; }
    }
}
