using System.Numerics;

namespace Squelch;

/// <summary>What nodes are found by. It must not change while the node is in an index.</summary>
internal interface INodeKey
{
    /// <summary>The node's key, read from the node table.</summary>
    static abstract ulong Of(NodeTable nodes, int node);
}

/// <summary>Finds a node by a key in one open-addressing table of node ids; the keys themselves live in the node table.</summary>
/// <typeparam name="TKey">The key.</typeparam>
internal sealed class NodeIndex<TKey>(NodeTable nodes)
    where TKey : struct, INodeKey
{
    private int[] _slots = NewSlots(64);
    private int _count;

    /// <summary>Slots; at most half are used.</summary>
    public int Capacity => _slots.Length;

    /// <summary>The first node with that key, or <see cref="NodeTable.None"/>.</summary>
    public int Find(ulong key)
    {
        int slot = -1;
        return Next(key, ref slot);
    }

    /// <summary>The next node with that key; several can share one where keys are hashes. Start with slot -1.</summary>
    public int Next(ulong key, ref int slot)
    {
        int[] slots = _slots;
        int mask = slots.Length - 1;
        slot = slot < 0 ? Home(key, mask) : (slot + 1) & mask;
        while (true)
        {
            int node = slots[slot];
            if (node == NodeTable.None || TKey.Of(nodes, node) == key)
            {
                return node;
            }

            slot = (slot + 1) & mask;
        }
    }

    /// <summary>Enters a node under its key.</summary>
    public void Add(int node)
    {
        if (++_count * 2 > _slots.Length)
        {
            Resize();
        }

        Place(node);
    }

    /// <summary>Takes a node out; call before its key changes.</summary>
    public void Remove(int node)
    {
        int mask = _slots.Length - 1;
        int slot = HomeOf(node, mask);
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

            if (((slot - HomeOf(other, mask)) & mask) >= ((slot - hole) & mask))
            {
                _slots[hole] = other;
                hole = slot;
            }
        }

        _slots[hole] = NodeTable.None;
        _count--;
    }

    private static int Home(ulong key, int mask) => (int)((key * HashMix.Step) >> 32) & mask;

    private static int[] NewSlots(int length)
    {
        var slots = new int[length];
        Array.Fill(slots, NodeTable.None);
        return slots;
    }

    private int HomeOf(int node, int mask) => Home(TKey.Of(nodes, node), mask);

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
        int slot = HomeOf(node, mask);
        while (_slots[slot] != NodeTable.None)
        {
            slot = (slot + 1) & mask;
        }

        _slots[slot] = node;
    }
}
