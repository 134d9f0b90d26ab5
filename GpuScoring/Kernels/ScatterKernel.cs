using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>Brings the columns up to date.</summary>
internal static class ScatterKernel
{
    /// <summary>Writes changed rows: per row its number, its creation number (0 where it is no candidate) and its columns; and marks their blocks, where there are summaries.</summary>
    public static void Scatter(DeviceTable table, ArrayView<ulong> changes, ArrayView<int> blocks, int count, int columns, int single)
    {
        for (int change = Grid.GlobalIndex.X; change < count; change += Grid.DimX * Group.DimX)
        {
            int at = change * (columns + 2);
            int row = (int)changes[at];
            table.Creations[row] = (long)changes[at + 1];
            if (blocks.Length > 0)
            {
                blocks[row >> Summaries.BlockBits] = 1;
            }

            for (int column = 0; column < columns; column++)
            {
                double value = Interop.IntAsFloat(changes[at + 2 + column]);
                if (single != 0)
                {
                    table.Singles[(column * table.Stride) + row] = (float)value;
                }
                else
                {
                    table.Columns[(column * table.Stride) + row] = value;
                }
            }
        }
    }
}
