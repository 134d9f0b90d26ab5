namespace Squelch;

/// <content>Making room: victims, until a commit's nodes fit the budget.</content>
public partial class PrefixCache
{
    private bool MakeRoom(in CommitShape shape)
    {
        if (_admission.BlockPages == 0 && _nodes.CheckpointBytesEach + Options.Model.KvBytes(shape.Tokens) > Options.CapacityBytes)
        {
            return false;
        }

        long missing = Missing(shape);
        if (missing > 0)
        {
            _selector.Expect(missing);
        }

        while (Missing(shape) > 0)
        {
            LookupsBeforeEviction ??= Lookups;
            int victim = _selector.Select(Now);
            if (victim == NodeTable.None)
            {
                // The engine has used its hit: it may go where nothing else is left.
                victim = _evictable.Protected;
                if (victim == NodeTable.None || !_evictable.CouldGo(victim) || _admission.BlockPages > 0)
                {
                    return false;
                }

                _evictable.Protect(NodeTable.None);
            }

            Evict(victim);
            _evictable.Protect(_evictable.Cursor.Position.Node);
        }

        return true;
    }

    private long Missing(in CommitShape shape) => Bytes + _plan.Bytes(_evictable.Cursor.Position, shape) - Options.CapacityBytes;

    private void Evict(int victim)
    {
        bool leaf = _nodes.Children(victim) == 0;
        _selector.Evicting(victim, Now);
        Options.OnVictim?.Invoke(new VictimRecord(Lookups - 1, !leaf, Now, _nodes.DepthTokens(victim), _nodes.Tokens(victim), victim));
        if (leaf)
        {
            LeafEvictions++;
            _evictable.Drop(victim);
        }
        else
        {
            JoinEvictions++;
            _evictable.Join(victim);
        }
    }
}
