namespace Squelch;

/// <summary>Chooses victims in a pool: several at once, all or none, or only to look.</summary>
internal sealed class PoolSelection(PoolTree tree, PolicyDescriptor policy)
{
    private readonly NodeTable _nodes = tree.Nodes;
    private HiddenNode[] _hidden = [];
    private int[] _kept = [];
    private int _keptCount;
    private int[] _open = [];
    private int[] _lines = [];
    private int[] _order = [];

    /// <summary>Nodes that may not be chosen until <see cref="Free"/>.</summary>
    public void Keep(ReadOnlySpan<int> slots)
    {
        if (_kept.Length < slots.Length)
        {
            _kept = new int[Math.Max(slots.Length, 2 * _kept.Length)];
        }

        foreach (int slot in slots)
        {
            int node = tree.NodeOf(slot);
            if (node != NodeTable.None && !tree.Entry(node).Kept)
            {
                _kept[_keptCount++] = node;
                tree.Entry(node).Kept = true;
                tree.Settle(node);
            }
        }
    }

    /// <summary>Lets what was kept be chosen again.</summary>
    public void Free()
    {
        while (_keptCount > 0)
        {
            int node = _kept[--_keptCount];
            tree.Entry(node).Kept = false;
            tree.Settle(node);
        }
    }

    /// <summary>Takes out so many victims, for which there must be candidates.</summary>
    public void Evict(double now, Span<int> victims)
    {
        if (victims.Length > 1)
        {
            tree.Selector.Expect((long)((double)victims.Length * _nodes.BytesHeld(tree.Candidates[0])));
        }

        for (int i = 0; i < victims.Length; i++)
        {
            int victim = Choose(now);
            tree.Selector.Evicting(victim, now);
            victims[i] = tree.Entry(victim).Slot;
            tree.Remove(victim);
        }
    }

    /// <summary>The victims that would go next; all stays.</summary>
    /// <returns>How many there are.</returns>
    public int Peek(double now, Span<int> victims)
    {
        if (_hidden.Length < victims.Length)
        {
            _hidden = new HiddenNode[Math.Max(victims.Length, 2 * _hidden.Length)];
        }

        int count = 0;
        try
        {
            while (count < victims.Length && tree.CandidateCount > 0)
            {
                int victim = Choose(now);
                victims[count] = tree.Entry(victim).Slot;
                if (victims.Length == 1)
                {
                    return 1;
                }

                _hidden[count++] = tree.Hide(victim);
            }
        }
        finally
        {
            for (int i = count - 1; i >= 0; i--)
            {
                tree.Show(_hidden[i]);
            }
        }

        return count;
    }

    /// <summary>True where so many victims can go one after another; parents count that become candidates on the way.</summary>
    public bool CanEvict(int wanted)
    {
        if (wanted <= tree.CandidateCount)
        {
            return true;
        }

        return wanted <= tree.Count - tree.HeldCount && tree.CandidateCount > 0 && (LeastByChains(wanted) >= wanted || Evictable() >= wanted);
    }

    private int Choose(double now)
    {
        int victim = tree.Selector.Select(now);
        return (uint)victim < (uint)_nodes.Capacity && _nodes.IsLive(victim) && _nodes.IsCandidate(victim)
            ? victim
            : throw new InvalidOperationException($"{policy.Name}'s selector chose node {victim}, which is no candidate; a selector chooses among the nodes that SetCandidate gave it.");
    }

    /// <summary>Candidates, and what stands above each without another child: all of those can go. Looks no further than it has to.</summary>
    private int LeastByChains(int wanted)
    {
        int count = 0;
        foreach (int candidate in tree.Candidates)
        {
            count++;
            if (_nodes.Children(candidate) > 0)
            {
                continue;
            }

            for (int above = _nodes.Parent(candidate); count < wanted && above != tree.Root && IsFree(above) && _nodes.Children(above) == 1 && !_nodes.IsCandidate(above); above = _nodes.Parent(above))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>All that could go: from the leaves up, each node passes on how many of the branches under it stay.</summary>
    private int Evictable()
    {
        int capacity = _nodes.Capacity;
        if (_open.Length < capacity)
        {
            (_open, _lines, _order) = (new int[capacity], new int[capacity], new int[capacity]);
        }

        int known = 0;
        for (int node = 0; node < capacity; node++)
        {
            if (!_nodes.IsLive(node) || node == tree.Root)
            {
                continue;
            }

            _lines[node] = 0;
            _open[node] = _nodes.Children(node);
            if (_open[node] == 0)
            {
                _order[known++] = node;
            }
        }

        int evictable = 0;
        for (int i = 0; i < known; i++)
        {
            int node = _order[i];
            bool goes = IsFree(node) && _lines[node] <= tree.MostChildren;
            evictable += goes ? 1 : 0;
            int above = _nodes.Parent(node);
            if (above != tree.Root)
            {
                _lines[above] += goes ? _lines[node] : 1;
                if (--_open[above] == 0)
                {
                    _order[known++] = above;
                }
            }
        }

        return evictable;
    }

    private bool IsFree(int node) => !tree.Entry(node).Held && !tree.Entry(node).Kept;
}
