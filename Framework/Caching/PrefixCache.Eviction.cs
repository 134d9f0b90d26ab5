using System.Runtime.ExceptionServices;

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

        for (; missing > 0; missing = Missing(shape))
        {
            LookupsBeforeEviction ??= Lookups;
            int victim = Choose();
            if (victim == NodeTable.None)
            {
                // The engine has used its hit: it may go where nothing else is left.
                victim = _evictable.Protected;
                if (victim == NodeTable.None || !_evictable.CouldGo(victim) || _admission.BlockPages > 0)
                {
                    return false;
                }

                // The commit's place is then the node above, which must not be joined away from under it.
                _evictable.Protect(_nodes.Parent(victim));
            }

            Evict(victim, missing);
            _evictable.Protect(_evictable.Cursor.Position.Node);
        }

        return true;
    }

    /// <summary>Bytes over the budget, were the nodes made now.</summary>
    private long Missing(in CommitShape shape)
    {
        int resized = Resized(shape);
        long grown = resized == NodeTable.None ? 0 : Options.Model.KvBytes(shape.Tokens - _nodes.DepthTokens(resized));
        return Bytes + grown + _plan.Bytes(_evictable.Cursor.Position, shape) - Options.CapacityBytes;
    }

    /// <summary>The selector's victim, which has to be a candidate: anything else would tear the tree.</summary>
    private int Choose()
    {
        int victim = _selector.Select(Now);
        return victim == NodeTable.None || ((uint)victim < (uint)_nodes.Capacity && _nodes.IsLive(victim) && _nodes.IsCandidate(victim))
            ? victim
            : throw new InvalidOperationException($"{Descriptor.Name}'s selector chose node {victim}, which is no candidate; a selector chooses among the nodes that SetCandidate gave it.");
    }

    /// <summary>Evicts a node; a leaf that gives up tokens does so until nothing is missing any more, as long as it is surely the next victim.</summary>
    private void Evict(int victim, long missing = 0)
    {
        StateActionKind action = ActionOf(victim);
        long changes = ScoreChanges;
        Leave(victim, action);
        switch (action)
        {
            case StateActionKind.Free:
                _evictable.Drop(victim);
                break;
            case StateActionKind.Trim:
                int trims = TrimsInARow(victim, missing);
                _evictable.Trim(victim);
                while (--trims > 0 && changes == ScoreChanges)
                {
                    Leave(victim, action);
                    _evictable.Trim(victim);
                }

                _evictable.Trimmed(victim);
                break;
            case StateActionKind.Join:
                _evictable.Join(victim);
                break;
            default:
                _evictable.DropCheckpoint(victim);
                break;
        }
    }

    private long ScoreChanges => _selector is FormulaSelector formula ? formula.ScoreChanges : 0;

    /// <summary>A node is about to go, or what it gives up.</summary>
    private void Leave(int victim, StateActionKind action)
    {
        _selector.Evicting(victim, Now);
        bool isLeaf = action is StateActionKind.Free or StateActionKind.Trim;
        Report(new VictimRecord(Lookups - 1, !isLeaf, Now, _nodes.DepthTokens(victim), action == StateActionKind.Trim ? _nodes.TailTokens(victim) : _nodes.Tokens(victim), victim) { Action = action });
        _ = isLeaf ? LeafEvictions++ : JoinEvictions++;
    }

    /// <summary>How often a leaf is the victim from now on: its score stays, and so it is the lowest again. Where the commit's own place changes, that is not known.</summary>
    private int TrimsInARow(int leaf, long missing)
    {
        long each = Options.Model.KvBytes(_nodes.TailTokens(leaf));
        Position place = _evictable.Cursor.Position;
        return missing > each && leaf != place.Child && _evictable.Protected == place.Node && _selector is FormulaSelector { TrimsKeepScores: true }
            ? (int)Math.Min((missing + each - 1) / each, _nodes.EqualTrims(leaf))
            : 1;
    }

    /// <summary>What the eviction of a node comes to. The place of the commit under way goes as a whole: it goes where nothing else is left.</summary>
    private StateActionKind ActionOf(int victim) => _nodes.Children(victim) switch
    {
        0 => _nodes.Trims(victim) && victim != _evictable.Cursor.Position.Node ? StateActionKind.Trim : StateActionKind.Free,
        1 => StateActionKind.Join,
        _ => StateActionKind.FreeCheckpoint,
    };

    /// <summary>What a listener throws must not cost a handle: the commit goes on, and throws it when it is whole.</summary>
    private void Report(in VictimRecord record)
    {
        if (Options.OnVictim is null)
        {
            return;
        }

        try
        {
            Options.OnVictim(record);
        }
        catch (Exception exception)
        {
            _thrown ??= ExceptionDispatchInfo.Capture(exception);
        }
    }
}
