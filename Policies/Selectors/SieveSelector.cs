namespace Squelch.Policies;

/// <summary>
/// SIEVE (Zhang et al., NSDI 2024, algorithm 1): a hand walks a queue from old to new, spares once what was used since it last passed, and takes the
/// first node that was not.
/// </summary>
internal sealed class SieveSelector : HandWrittenSelector
{
    private readonly IdQueue _queue;
    private bool[] _used = [];
    private int _hand = NodeTable.None;

    /// <param name="nodes">The tree's nodes.</param>
    /// <param name="seed">Not drawn from: nothing is left to chance.</param>
    public SieveSelector(NodeTable nodes, ulong seed)
        : base(nodes)
    {
        _ = seed;
        _queue = new(Links);
    }

    public override void Grow(int capacity)
    {
        base.Grow(capacity);
        Array.Resize(ref _used, capacity);
    }

    public override void Insert(int node, in Access access)
    {
        _used[node] = false;
        _queue.Add(node, 1);
    }

    public override void Hit(int node, in Access access) => _used[node] = true;

    public override void Remove(int node)
    {
        if (_hand == node)
        {
            _hand = _queue.Newer(node);
        }

        _queue.Remove(node, 1);
    }

    public override int Select(double now)
    {
        // Past the newest the hand starts again: a whole pass finds what the one before spared, or no candidate at all.
        int passes = 0;
        while (true)
        {
            if (_hand == NodeTable.None)
            {
                _hand = _queue.Oldest;
                if (++passes > 2)
                {
                    return NodeTable.None;
                }
            }

            for (; _hand != NodeTable.None; _hand = _queue.Newer(_hand))
            {
                if (!Nodes.IsCandidate(_hand))
                {
                    continue;
                }

                if (!_used[_hand])
                {
                    return _hand;
                }

                _used[_hand] = false;
            }
        }
    }
}
