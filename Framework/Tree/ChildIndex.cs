using System.Numerics;

namespace Squelch;

/// <summary>Finds a child by (parent, key) in one open-addressing table of node ids; the keys themselves live in the node table.</summary>
internal sealed class ChildIndex(NodeTable nodes)
{
    private int[] _slots = NewSlots(64);
    private int _count;

    /// <summary>Slots; at most half are used.</summary>
    public int Capacity => _slots.Length;

    /// <summary>The first child of <paramref name="parent"/> with that key, or <see cref="NodeTable.None"/>.</summary>
    public int Find(int parent, int key)
    {
        int slot = -1;
        return Next(parent, key, ref slot);
    }

    /// <summary>The next child with that key; several can share one where keys are hashes of blocks. Start with slot -1.</summary>
    public int Next(int parent, int key, ref int slot)
    {
        int mask = _slots.Length - 1;
        slot = slot < 0 ? Home(parent, key, mask) : (slot + 1) & mask;
        while (true)
        {
            int node = _slots[slot];
            if (node == NodeTable.None || (nodes.Parent(node) == parent && nodes.Key(node) == key))
            {
                return node;
            }

            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Enters a node under its parent and key.</summary>
    public void Add(int node)
    {
        if (++_count * 2 > _slots.Length)
        {
            Resize();
        }

        Place(node);
    }

    /// <summary>Takes a node out; call before its parent or key changes.</summary>
    public void Remove(int node)
    {
        int mask = _slots.Length - 1;
        int slot = Home(nodes.Parent(node), nodes.Key(node), mask);
        while (_slots[slot] != node)
        {
            slot = (slot + 1) & mask;
        }

        // Linear probing without tombstones: pull later entries of the run back over the hole.
        int hole = slot;
        while (true)
        {
            slot = (slot + 1) & mask;
            int other = _slots[slot];
            if (other == NodeTable.None)
            {
                break;
            }

            int home = Home(nodes.Parent(other), nodes.Key(other), mask);
            if (((slot - home) & mask) >= ((slot - hole) & mask))
            {
                _slots[hole] = other;
                hole = slot;
            }
        }

        _slots[hole] = NodeTable.None;
        _count--;
    }

    private static int Home(int parent, int key, int mask)
    {
        ulong mixed = (((ulong)(uint)parent << 32) | (uint)key) * 0x9E3779B97F4A7C15;
        return (int)(mixed >> 32) & mask;
    }

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, NodeTable.None);
        return slots;
    }

    private void Resize()
    {
        int[] old = _slots;
        _slots = NewSlots((int)BitOperations.RoundUpToPowerOf2((uint)old.Length + 1));
        foreach (int node in old)
        {
            if (node != NodeTable.None)
            {
                Place(node);
            }
        }
    }

    private void Place(int node)
    {
        int mask = _slots.Length - 1;
        int slot = Home(nodes.Parent(node), nodes.Key(node), mask);
        while (_slots[slot] != NodeTable.None)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = node;
    }
}
