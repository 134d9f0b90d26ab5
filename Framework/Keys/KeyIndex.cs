using System.Numerics;

namespace Squelch;

/// <summary>Finds the node of a key in one open-addressing table of node ids; a node's handle holds its key.</summary>
internal sealed class KeyIndex(NodeTable nodes)
{
    private int[] _slots = NewSlots(64);
    private int _count;

    /// <summary>The key's node, or <see cref="NodeTable.None"/>.</summary>
    public int Find(ulong key)
    {
        int[] slots = _slots;
        int mask = slots.Length - 1;
        for (int slot = Home(key, mask); ; slot = (slot + 1) & mask)
        {
            int node = slots[slot];
            if (node == NodeTable.None || KeyOf(node) == key)
            {
                return node;
            }
        }
    }

    /// <summary>Enters a node under a key that has none.</summary>
    public void Add(int node, ulong key)
    {
        nodes.SetHandle(node, new StateHandle((long)key));
        if (++_count * 2 > _slots.Length)
        {
            Resize();
        }

        Place(node);
    }

    /// <summary>Takes a node out.</summary>
    public void Remove(int node)
    {
        int mask = _slots.Length - 1;
        int hole = Home(KeyOf(node), mask);
        while (_slots[hole] != node)
        {
            hole = (hole + 1) & mask;
        }

        // Linear probing without tombstones: pull later entries of the run back over the hole.
        for (int slot = (hole + 1) & mask; _slots[slot] != NodeTable.None; slot = (slot + 1) & mask)
        {
            int home = Home(KeyOf(_slots[slot]), mask);
            if (((slot - home) & mask) >= ((slot - hole) & mask))
            {
                _slots[hole] = _slots[slot];
                hole = slot;
            }
        }

        _slots[hole] = NodeTable.None;
        _count--;
    }

    private static int Home(ulong key, int mask) => (int)((key * 0x9E3779B97F4A7C15) >> 32) & mask;

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, NodeTable.None);
        return slots;
    }

    private ulong KeyOf(int node) => (ulong)nodes.Handle(node).Value;

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
        int slot = Home(KeyOf(node), mask);
        while (_slots[slot] != NodeTable.None)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = node;
    }
}
