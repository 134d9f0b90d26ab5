using System.Numerics;

namespace Squelch;

/// <summary>
/// Holds the pages of all edges in fixed slabs. Each page belongs to exactly one edge, so a split divides an interval and copies nothing,
/// and free intervals are merged with their free neighbours through boundary tags that live inside the free space.
/// An address is a page's index over all slabs; no interval crosses a slab's end.
/// </summary>
internal sealed class TokenSlabs
{
    /// <summary>Pages of a slab, as a power of two, where no one has reasons for others.</summary>
    public const int UsualBits = 18;

    // Free intervals of fewer pages cannot hold their tags (length, next, previous, length) and wait for a neighbour.
    private const int Linkable = 4;

    // A run is served in pieces no smaller than this before a new slab is taken.
    private const int LeastPiece = 128;
    private const int None = -1;

    private readonly int _slabBits;
    private readonly int _slabSize;
    private readonly int _slabMask;
    private readonly int[] _heads;
    private int[][] _slabs = [];
    private ulong[] _startsFree = [];
    private ulong[] _endsFree = [];
    private uint _classes;

    /// <param name="slabBits">Pages of a slab, as a power of two: few for small trees, which take one at least; from 6 on.</param>
    public TokenSlabs(int slabBits = UsualBits)
    {
        (_slabBits, _slabSize, _slabMask) = (slabBits, 1 << slabBits, (1 << slabBits) - 1);
        _heads = new int[slabBits + 1];
        Array.Fill(_heads, None);
    }

    /// <summary>Bytes of the slabs and their bitmaps.</summary>
    public long Bytes => ((long)_slabs.Length * _slabSize * sizeof(int)) + ((_startsFree.Length + _endsFree.Length) * sizeof(ulong));

    /// <summary>Pages not in use.</summary>
    public long FreePages { get; private set; }

    /// <summary>True for the first page of a slab, which no interval reaches from below.</summary>
    public bool IsSlabStart(int address) => (address & _slabMask) == 0;

    /// <summary>The pages of an interval.</summary>
    public Span<int> Pages(int start, int length) => _slabs[start >> _slabBits].AsSpan(start & _slabMask, length);

    /// <summary>Takes an interval of at most <paramref name="wanted"/> pages; fewer only where space is in pieces.</summary>
    public int Take(int wanted, out int length)
    {
        int size = TakeClass(wanted);
        int start = _heads[size];
        int held = Word(start);
        Unlink(start, held);
        length = Math.Min(wanted, held);
        FreePages -= held;
        if (held > length)
        {
            Link(start + length, held - length);
            FreePages += held - length;
        }

        return start;
    }

    /// <summary>Gives an interval back.</summary>
    public void Give(int start, int length)
    {
        FreePages += length;
        if (!IsSlabStart(start) && IsSet(_endsFree, start - 1))
        {
            int before = Word(start - 1);
            start -= before;
            Unlink(start, before);
            length += before;
        }

        int end = start + length;
        if (!IsSlabStart(end) && IsSet(_startsFree, end))
        {
            int after = Word(end);
            Unlink(end, after);
            length += after;
        }

        Link(start, length);
    }

    private static int ClassOf(int length) => BitOperations.Log2((uint)length);

    private static bool IsSet(ulong[] bits, int index) => (bits[index >> 6] >> (index & 63) & 1) != 0;

    private static void Flip(ulong[] bits, int index) => bits[index >> 6] ^= 1UL << (index & 63);

    private ref int Word(int address) => ref _slabs[address >> _slabBits][address & _slabMask];

    private int TakeClass(int wanted)
    {
        // Every interval of a class above wanted's logarithm is long enough; one of the same class may be.
        int size = ClassOf(Math.Min(wanted, _slabSize));
        bool power = BitOperations.IsPow2(wanted);
        uint above = _classes >> (power ? size : size + 1) << (power ? size : size + 1);
        if (above != 0)
        {
            return BitOperations.TrailingZeroCount(above);
        }

        uint below = _classes & ((2u << size) - 1);
        int best = below == 0 ? -1 : BitOperations.Log2(below);
        if (best >= 0 && 2 << best > Math.Min(wanted, LeastPiece))
        {
            return best;
        }

        AddSlab();
        return _slabBits;
    }

    private void AddSlab()
    {
        int start = _slabs.Length << _slabBits;
        if (start < 0)
        {
            throw new InvalidOperationException("The prefix tree holds 2^31 pages and cannot grow; use a smaller capacity or larger pages.");
        }

        Array.Resize(ref _slabs, _slabs.Length + 1);
        _slabs[^1] = new int[_slabSize];
        Array.Resize(ref _startsFree, _slabs.Length * (_slabSize / 64));
        Array.Resize(ref _endsFree, _slabs.Length * (_slabSize / 64));
        Link(start, _slabSize);
        FreePages += _slabSize;
    }

    private void Link(int start, int length)
    {
        Flip(_startsFree, start);
        Flip(_endsFree, start + length - 1);
        Word(start + length - 1) = length;
        Word(start) = length;
        if (length < Linkable)
        {
            return;
        }

        int size = ClassOf(length);
        int next = _heads[size];
        Word(start + 1) = next;
        Word(start + 2) = None;
        if (next != None)
        {
            Word(next + 2) = start;
        }

        _heads[size] = start;
        _classes |= 1u << size;
    }

    private void Unlink(int start, int length)
    {
        Flip(_startsFree, start);
        Flip(_endsFree, start + length - 1);
        if (length < Linkable)
        {
            return;
        }

        int size = ClassOf(length);
        int next = Word(start + 1);
        int previous = Word(start + 2);
        if (next != None)
        {
            Word(next + 2) = previous;
        }

        if (previous != None)
        {
            Word(previous + 1) = next;
        }
        else
        {
            _heads[size] = next;
            if (next == None)
            {
                _classes &= ~(1u << size);
            }
        }
    }
}
