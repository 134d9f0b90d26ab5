namespace Squelch;

/// <summary>Checks a pool's changes, and makes them. A change that cannot be changes nothing.</summary>
internal sealed class PoolLog(PoolTree tree, int mostSlots)
{
    private static readonly FeatureRow s_now = FeatureTable.Of("now");
    private static readonly FeatureRow s_bytes = FeatureTable.Of("bytesHeld");
    private static readonly FeatureRow s_flops = FeatureTable.Of("pathFlops");
    private static readonly FeatureRow s_priority = FeatureTable.Of("priority");

    private RequestHints _hints;
    private double _arrived = -1;

    /// <summary>The clock.</summary>
    public double Now { get; private set; }

    /// <summary>A log begins: no hints are given yet.</summary>
    public void Begin() => _hints = default;

    /// <summary>Makes a change.</summary>
    /// <returns>Null, or why it cannot be; then nothing has changed.</returns>
    public string? Apply(in PoolChange change) => change.Kind switch
    {
        PoolChangeKind.Insert => Insert(change),
        PoolChangeKind.Hit or PoolChangeKind.Touch => Use(change),
        PoolChangeKind.Release or PoolChangeKind.Hold => Hold(change),
        PoolChangeKind.Edge => Edge(change),
        PoolChangeKind.Remove or PoolChangeKind.Evict => Remove(change),
        PoolChangeKind.Arrive => Arrive(change),
        PoolChangeKind.Hints => Hints(change.ToHints()),
        PoolChangeKind.Session => Hints(_hints with { Session = (long)change.Key, SessionGapSpread = change.Now }),
        _ => $"kind {(int)change.Kind} is none; make changes by PoolChange's methods, or write one of the kinds 1 to {(int)PoolChangeKind.Session}",
    };

    /// <summary>Sets the clock.</summary>
    /// <returns>Null, or why it cannot be.</returns>
    public string? Advance(double now)
    {
        if (CheckTime(now) is { } fault)
        {
            return fault;
        }

        Now = now;
        return null;
    }

    /// <summary>Why a slot names no entry, or null.</summary>
    public string? CheckPresent(int slot)
        => (uint)slot >= (uint)mostSlots ? OutOfRange(slot) : tree.NodeOf(slot) == NodeTable.None ? $"slot {slot} is free; insert an entry first" : null;

    /// <summary>Why a slot cannot be, or null.</summary>
    public string? CheckRange(int slot) => (uint)slot >= (uint)mostSlots ? OutOfRange(slot) : null;

    private string OutOfRange(int slot) => $"slot {slot} is not between 0 and {mostSlots - 1}; number entries densely from 0, or open the pool with a larger VictimPoolOptions.MostSlots";

    private string? Insert(in PoolChange change)
    {
        string? fault = CheckRange(change.Slot);
        if (fault is null && tree.NodeOf(change.Slot) != NodeTable.None)
        {
            fault = $"slot {change.Slot} is taken; remove its entry first, or take a free slot";
        }

        fault ??= CheckAccess(change) ?? CheckParent(change) ?? CheckSize(change);
        if (fault is not null)
        {
            return fault;
        }

        int parent = Parent(change);
        long end = End(change, parent, 0);
        fault = CheckEnd(change, parent, end);
        if (fault is not null)
        {
            return fault;
        }

        Now = change.Now;
        RequestHints hints = HintsOf(change);
        if (_arrived != Now)
        {
            tree.Selector.Arrive(new Access(Now, hints, change.Key));
        }

        tree.Insert(change.Slot, parent, (int)end, change, hints);
        return null;
    }

    private string? Use(in PoolChange change)
    {
        string? fault = CheckPresent(change.Slot) ?? CheckAccess(change);
        if (fault is not null)
        {
            return fault;
        }

        Now = change.Now;
        int node = tree.NodeOf(change.Slot);
        var access = new Access(Now, HintsOf(change), tree.Entry(node).Key);
        if (change.Kind == PoolChangeKind.Hit)
        {
            tree.Selector.Hit(node, access);
        }
        else
        {
            tree.Selector.Touch(node, access);
        }

        return null;
    }

    private string? Hold(in PoolChange change)
    {
        if (CheckPresent(change.Slot) is { } fault)
        {
            return fault;
        }

        tree.SetHeld(tree.NodeOf(change.Slot), change.Kind == PoolChangeKind.Hold);
        return null;
    }

    private string? Edge(in PoolChange change)
    {
        string? fault = CheckPresent(change.Slot) ?? CheckParent(change) ?? CheckSize(change);
        if (fault is null && (change.Flags & PoolFlags.Held) != 0)
        {
            fault = "an edge neither holds an entry nor releases it; leave the flag Held out, and tell Hold";
        }

        if (fault is not null)
        {
            return fault;
        }

        int node = tree.NodeOf(change.Slot);
        int parent = Parent(change);
        int before = tree.Nodes.DepthTokens(node);
        long end = End(change, parent, before);
        if (tree.Nodes.Children(node) > 0)
        {
            fault = end != before ? $"the entry has {tree.Nodes.Children(node)} children, whose tokens begin at its end, {before}; leave EndTokens 0, and give the new end to a leaf" : CheckNoCycle(change, node, parent);
        }

        fault ??= CheckEnd(change, parent, end);
        if (fault is not null)
        {
            return fault;
        }

        tree.Move(node, parent, (int)end, change);
        return null;
    }

    private string? Remove(in PoolChange change)
    {
        string? fault = CheckPresent(change.Slot);
        if (fault is not null)
        {
            return fault;
        }

        int node = tree.NodeOf(change.Slot);
        int children = tree.Nodes.Children(node);
        if (children > tree.MostChildren)
        {
            return $"the entry has {children} children; remove them first";
        }

        if (change.Kind == PoolChangeKind.Evict)
        {
            fault = tree.Entry(node).Held ? "the entry is held, so it was no victim; release it first, or tell Remove" : Advance(change.Now);
            if (fault is not null)
            {
                return fault;
            }

            tree.Selector.Evicting(node, Now);
        }

        tree.Remove(node);
        return null;
    }

    private string? Arrive(in PoolChange change)
    {
        string? fault = CheckAccess(change);
        if (fault is not null)
        {
            return fault;
        }

        Now = change.Now;
        _arrived = Now;
        tree.Selector.Arrive(new Access(Now, HintsOf(change), change.Key));
        return null;
    }

    private string? Hints(in RequestHints hints)
    {
        try
        {
            hints.Check();
        }
        catch (ArgumentOutOfRangeException exception)
        {
            // .NET's own words follow the sentence; published ahead of time, they are the names of its texts.
            return $"{exception.Message.Split(". ")[0]}; give infinity for a time that is not known, and turns from 1";
        }

        _hints = hints;
        return null;
    }

    private RequestHints HintsOf(in PoolChange change) => change.Priority > 0 ? _hints with { Priority = change.Priority } : _hints;

    private int Parent(in PoolChange change) => change.Parent == VictimPool.None ? tree.Root : tree.NodeOf(change.Parent);

    /// <summary>The end as told; else as it was; else what the parent and the tokens make.</summary>
    private long End(in PoolChange change, int parent, int before)
        => change.EndTokens > 0 ? change.EndTokens
            : before > 0 ? before
            : (long)tree.Nodes.DepthTokens(parent) + Math.Max(change.Tokens, 1);

    private string? CheckAccess(in PoolChange change)
        => CheckTime(change.Now)
            ?? (change.Priority >= s_priority.Low && change.Priority <= s_priority.High ? null : $"priority {change.Priority} is not between {s_priority.Low} and {s_priority.High}; give 0 where there is none");

    /// <summary>Why a time cannot be, or null.</summary>
    public string? CheckTime(double now)
        => !(now >= s_now.Low && now <= s_now.High) ? $"time {now} is not between {s_now.Low} and {s_now.High}; give ticks of a clock that starts at 0 or later"
            : now < Now ? $"time {now} goes back: it was {Now}; write the log in the order in which things happened"
            : null;

    private string? CheckParent(in PoolChange change)
        => change.Parent == VictimPool.None ? null
            : change.Parent == change.Slot ? "an entry is not its own parent; give the entry that it goes on from, or -1"
            : CheckPresent(change.Parent) is { } fault ? $"its parent: {fault}, or give -1" : null;

    private string? CheckNoCycle(in PoolChange change, int node, int parent)
    {
        for (int above = parent; above != tree.Root; above = tree.Nodes.Parent(above))
        {
            if (above == node)
            {
                return $"slot {change.Parent} goes on from this entry, so it cannot be its parent; move the child first";
            }
        }

        return null;
    }

    private static string? CheckSize(in PoolChange change)
        => change.EndTokens < 0 || change.Tokens < 0 ? $"{Math.Min(change.EndTokens, change.Tokens)} tokens are too few; give at least 1, or 0 where they are not told"
            : !(change.Bytes >= 0 && change.Bytes <= s_bytes.High) ? $"{change.Bytes} bytes are not between 0 and {s_bytes.High}; give those of the entry alone, or 0 where they are not told"
            : !(change.Flops >= 0 && change.Flops <= s_flops.High) ? $"a cost of {change.Flops} is not between 0 and {s_flops.High}; give that of the entry alone, or 0 where it is not told"
            : (change.Flags & ~(PoolFlags.Checkpoint | PoolFlags.Held)) != 0 ? $"flags {(int)change.Flags} are not all known; use those of PoolFlags"
            : null;

    private string? CheckEnd(in PoolChange change, int parent, long end)
    {
        int above = tree.Nodes.DepthTokens(parent);
        return end <= above ? $"its end, {end} tokens, is not past its parent's, {above}; give tokens from the root on"
            : end > int.MaxValue ? $"its end would be {end} tokens, more than {int.MaxValue}"
            : change.Tokens > end ? $"{change.Tokens} tokens do not fit before its end, {end}; give tokens from the root on as the end"
            : change.Tokens > 0 && parent != tree.Root && change.Tokens != end - above ? $"{change.Tokens} tokens do not lie between its parent's end, {above}, and its own, {end}; leave Tokens 0 where there is a parent"
            : change.Bytes + (change.Bytes > 0 || tree.Nodes.Told(parent).PathBytes > 0 ? tree.Nodes.PathKvBytes(parent) : 0) > s_bytes.High ? $"the entry and those before it would hold more than {s_bytes.High} bytes"
            : change.Flops + (change.Flops > 0 || tree.Nodes.Told(parent).PathFlops > 0 ? tree.Nodes.PathFlops(parent) : 0) > s_flops.High ? $"the entry and those before it would cost more than {s_flops.High}"
            : null;
    }
}
