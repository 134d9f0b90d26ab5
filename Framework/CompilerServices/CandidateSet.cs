using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>The candidates, one bit per node id; rows come in whole blocks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CandidateSet
{
    /// <summary>Rows per block.</summary>
    public const int BlockRows = 256;

    /// <summary>Words of the bitmap per block.</summary>
    internal const int BlockWords = BlockRows / 64;

    private ulong[] _words = [];

    /// <summary>Number of candidates.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks of rows.</summary>
    public int Blocks => _words.Length / BlockWords;

    /// <summary>Rows, a multiple of the block size.</summary>
    public int Rows => _words.Length * 64;

    internal ulong[] Words => _words;

    /// <summary>True where the node is a candidate.</summary>
    public bool Contains(int row) => (_words[row >> 6] >> row & 1) != 0;

    internal void Grow(int rows) => Array.Resize(ref _words, rows / 64);

    /// <summary>Adds or takes away a candidate; false where nothing changed.</summary>
    internal bool Set(int row, bool candidate)
    {
        ref ulong word = ref _words[row >> 6];
        ulong bit = 1UL << row;
        if ((word & bit) != 0 == candidate)
        {
            return false;
        }

        word ^= bit;
        Count += candidate ? 1 : -1;
        return true;
    }

    /// <summary>The first candidate at or after the row, or -1.</summary>
    internal int Next(int row)
    {
        int index = row >> 6;
        if (index >= _words.Length)
        {
            return -1;
        }

        ulong word = _words[index] & (ulong.MaxValue << row);
        while (word == 0)
        {
            if (++index == _words.Length)
            {
                return -1;
            }

            word = _words[index];
        }

        return (index << 6) + BitOperations.TrailingZeroCount(word);
    }
}
