using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Squelch.GpuScoring;

/// <summary>What kernels of the driver's path are launched with; Driver/Kernels/begin.ptx reads it. Addresses are the device's.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct DriverArguments
{
    /// <summary>One column after the other.</summary>
    public ulong Columns;

    /// <summary>Creation numbers; 0 where the row is no candidate.</summary>
    public ulong Creations;

    /// <summary>Bytes from one column to the next.</summary>
    public ulong Stride;

    /// <summary>A <see cref="SelectionHeader"/>.</summary>
    public ulong Header;

    /// <summary>The keys that victims are not above: of the score, of further ones, and the creation number.</summary>
    public ulong Limits;

    /// <summary>Keys of the least and the greatest value of each scaled term.</summary>
    public ulong Extremes;

    /// <summary>The rows chosen, each with the key of its first score, in the host's memory.</summary>
    public ulong Chosen;

    /// <summary>Rows per bin.</summary>
    public ulong Histogram;

    /// <summary>Changed rows.</summary>
    public ulong Changes;

    /// <summary>The host's memory into which the answer is written: it begins with a <see cref="SelectionHeader"/> too.</summary>
    public ulong Answer;

    /// <summary>Rows in use.</summary>
    public int Rows;

    /// <summary>Bytes of a value in a column.</summary>
    public int Width;

    /// <summary>Scaled terms.</summary>
    public int Terms;

    /// <summary>Scores.</summary>
    public int Orders;

    /// <summary>The number of changed rows.</summary>
    public int Changed;

    /// <summary>Columns.</summary>
    public int Count;

    /// <summary>Of each block of rows the least and the greatest key of each column; <see cref="DriverBlocks"/>.</summary>
    public ulong Bounds;

    /// <summary>Of each block 1 where its bounds are those of its rows; 0 in place of an address where there are none.</summary>
    public ulong Fresh;

    /// <summary>Of each block the key that none of its rows is below; 0 in place of an address where all rows are to be read.</summary>
    public ulong Closing;

    /// <summary>The least and the greatest key of each column, of all rows.</summary>
    public ulong Totals;

    /// <summary>Blocks.</summary>
    public int Blocks;

    /// <summary>The size of all.</summary>
    public static int Bytes => Unsafe.SizeOf<DriverArguments>();
}

/// <summary>How far a selection is, in device memory. The kernels know the places of its fields.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct SelectionHeader
{
    /// <summary>Rows that do not go after the limits.</summary>
    public ulong Found;

    /// <summary>0 until the limits leave no more rows than there is room for.</summary>
    public ulong Done;

    /// <summary>Which limit is looked for: 0 for the score's, then those of further scores, at last that of the creation number.</summary>
    public ulong Level;

    /// <summary>The least key of the first bin.</summary>
    public ulong Low;

    /// <summary>How far keys are shifted to give their bin.</summary>
    public ulong Shift;

    /// <summary>Rows below the first bin.</summary>
    public ulong Taken;

    /// <summary>Victims asked for.</summary>
    public ulong Wanted;

    /// <summary>Rows that there is room for.</summary>
    public ulong Room;

    /// <summary>Groups that are done.</summary>
    public ulong Ticket;

    /// <summary>1 where a column is NaN somewhere, so that blocks' bounds say nothing.</summary>
    public ulong Spoiled;

    /// <summary>The least key that blocks are not below.</summary>
    public ulong Least;

    /// <summary>How far keys are shifted at first: to their first byte.</summary>
    public const ulong FirstShift = 56;

    /// <summary>The size of all.</summary>
    public static int Bytes => Unsafe.SizeOf<SelectionHeader>();
}
