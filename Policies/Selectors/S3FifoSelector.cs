namespace Squelch.Policies;

/// <summary>
/// S3-FIFO (Yang et al., SOSP 2023, algorithm 1): a small queue of a tenth of the cache, a main queue with up to three second chances, and a ghost
/// queue as large as the main one. A node moves to the main queue after two hits in the small one. The cache's size is the most it has held.
/// </summary>
internal sealed class S3FifoSelector : HandWrittenSelector
{
    private const double SmallShare = 0.1;
    private const int HitsToStay = 2;
    private const int MostChances = 3;
    private readonly IdQueue _small;
    private readonly IdQueue _main;
    private readonly GhostQueue _ghosts = new();
    private Entry[] _entries = [];

    // Beside the entries, so that a hit reads few bytes of few lines.
    private byte[] _hits = [];
    private long _capacity;
    private bool _returns;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: nothing is left to chance.</param>
    public S3FifoSelector(NodeTable nodes, ulong seed)
        : base(nodes)
    {
        _ = seed;
        (_small, _main) = (new(Links), new(Links));
    }

    public override bool RemembersKeys => true;

    public override void Grow(int capacity)
    {
        base.Grow(capacity);
        Array.Resize(ref _entries, capacity);
        Array.Resize(ref _hits, capacity);
    }

    public override void Arrive(in Access access) => _returns = _ghosts.Remove(access.Key);

    public override void Insert(int node, in Access access)
    {
        _entries[node] = new() { Key = access.Key, Bytes = Nodes.BytesHeld(node), IsMain = _returns };
        _hits[node] = 0;
        (_returns ? _main : _small).Add(node, _entries[node].Bytes);
        _returns = false;
    }

    public override void Hit(int node, in Access access) => _hits[node] = (byte)Math.Min(_hits[node] + 1, MostChances);

    public override void Evicting(int node, double now)
    {
        ref Entry entry = ref _entries[node];
        if (!entry.IsMain)
        {
            _ghosts.Add(entry.Key, entry.Bytes);
            _ghosts.Trim((1 - SmallShare) * _capacity);
        }
    }

    public override void Remove(int node)
    {
        ref Entry entry = ref _entries[node];
        (entry.IsMain ? _main : _small).Remove(node, entry.Bytes);
    }

    public override int Select(double now)
    {
        _capacity = Math.Max(_capacity, _small.Bytes + _main.Bytes);
        while (true)
        {
            int small = OldestCandidate(_small);
            int main = OldestCandidate(_main);
            bool fromMain = main != NodeTable.None && (small == NodeTable.None || _main.Bytes > (1 - SmallShare) * _capacity);
            int node = fromMain ? main : small;
            if (node == NodeTable.None || !Spare(node))
            {
                return node;
            }
        }
    }

    /// <summary>Moves a node on that was used enough.</summary>
    private bool Spare(int node)
    {
        ref Entry entry = ref _entries[node];
        if (_hits[node] < (entry.IsMain ? 1 : HitsToStay))
        {
            return false;
        }

        (entry.IsMain ? _main : _small).Remove(node, entry.Bytes);
        _hits[node] = (byte)(entry.IsMain ? _hits[node] - 1 : 0);
        entry.IsMain = true;
        _main.Add(node, entry.Bytes);
        return true;
    }

    private struct Entry
    {
        public ulong Key;
        public long Bytes;
        public bool IsMain;
    }
}
