namespace Squelch;

/// <summary>What a pool knows of a node besides what the node table holds.</summary>
internal struct PoolEntry
{
    /// <summary>The engine's name.</summary>
    public int Slot;

    /// <summary>Where it stands among the candidates; -1 where it is none.</summary>
    public int Place;

    /// <summary>Whose it is to go on from: <see cref="Access.Parent"/> of all entries of one request; <see cref="NodeTable.None"/> without one.</summary>
    public int Origin;

    /// <summary><see cref="Access.Continues"/> of all entries of one request.</summary>
    public bool Continues;

    /// <summary>The engine holds it.</summary>
    public bool Held;

    /// <summary>It may not be chosen in the call under way.</summary>
    public bool Kept;

    /// <summary>What it holds.</summary>
    public ulong Key;

    /// <summary>When it was made.</summary>
    public double Inserted;
}
