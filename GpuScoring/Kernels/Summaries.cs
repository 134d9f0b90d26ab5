using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>What is known of whole blocks of rows, so that most of them need not be read.</summary>
internal readonly struct Summaries(ArrayView<double> bounds, ArrayView<int> changed, ArrayView<int> states, ArrayView<ulong> keys, ArrayView<double> totals, ArrayView<float> singleTotals, int count)
{
    /// <summary>Rows per block, as a shift: 1,024.</summary>
    public const int BlockBits = 10;

    /// <summary>The block holds candidates.</summary>
    public const int Held = 1;

    /// <summary>A candidate of the block is NaN in a column, about which bounds say nothing.</summary>
    public const int Spoiled = 2;

    /// <summary>Of each column the least values of all blocks, then the greatest.</summary>
    public readonly ArrayView<double> Bounds = bounds;

    /// <summary>1 where a row of the block has changed since its bounds were computed.</summary>
    public readonly ArrayView<int> Changed = changed;

    /// <summary><see cref="Held"/> and <see cref="Spoiled"/>.</summary>
    public readonly ArrayView<int> States = states;

    /// <summary>The key of a score that no candidate of the block is below; <see cref="OrderKey.None"/> where there is none.</summary>
    public readonly ArrayView<ulong> Keys = keys;

    /// <summary>Two rows of columns: the least and the greatest value over all candidates.</summary>
    public readonly ArrayView<double> Totals = totals;

    /// <summary><see cref="Totals"/> where columns are of single precision.</summary>
    public readonly ArrayView<float> SingleTotals = singleTotals;

    /// <summary>Blocks in use; 0 where nothing is summarised.</summary>
    public readonly int Count = count;
}
