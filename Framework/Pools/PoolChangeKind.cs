namespace Squelch;

/// <summary>What a <see cref="PoolChange"/> does. The numbers are part of the layout that other languages write.</summary>
public enum PoolChangeKind
{
    /// <summary>No change: a record of zeros. It is refused.</summary>
    None = 0,

    /// <summary>A new entry under a free slot.</summary>
    Insert = 1,

    /// <summary>A request used the entry: its hits grow by one, and its last access is now.</summary>
    Hit = 2,

    /// <summary>The entry's last access is now; its hits stay.</summary>
    Touch = 3,

    /// <summary>The engine lets the entry go as far as it is concerned: it is a candidate where the tree allows it, however often it was held.</summary>
    Release = 4,

    /// <summary>The engine holds the entry: it is no candidate until it is released. Holds are not counted: one release ends them all.</summary>
    Hold = 5,

    /// <summary>The entry has another parent, end, size, cost or checkpoint. Whether it is held stays.</summary>
    Edge = 6,

    /// <summary>The engine has taken the entry out itself; it is no victim, and policies do not remember it.</summary>
    Remove = 7,

    /// <summary>The engine has evicted the entry, after <see cref="VictimPool.Peek"/>: as if <see cref="VictimPool.TryEvict"/> had chosen it. One that is held cannot be a victim.</summary>
    Evict = 8,

    /// <summary>
    /// A request missed a key: room is about to be made, then its entries inserted. Policies that remember victims read it. An insert at a time at which no
    /// arrival was told tells its own.
    /// </summary>
    Arrive = 9,

    /// <summary>Hints of the accesses that follow in this log, up to the next change of this kind.</summary>
    Hints = 10,

    /// <summary>The session of the accesses that follow in this log, up to the next change of this kind or of <see cref="Hints"/>.</summary>
    Session = 11,
}

/// <summary>Properties of an entry that are so or not.</summary>
[Flags]
public enum PoolFlags
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>A checkpoint of the recurrent state is held at the entry's end.</summary>
    Checkpoint = 1,

    /// <summary>The entry comes in held (of <see cref="PoolChangeKind.Insert"/> alone): see <see cref="PoolChangeKind.Hold"/>.</summary>
    Held = 2,
}
