namespace Squelch.GpuScoring;

/// <summary>
/// The memory of what is known of blocks of 1,024 rows, so that most of them need not be read: the least and the greatest key of each column. As <see cref="Summaries"/>,
/// but a block without candidates is one with an empty range, and one with NaN has the key of NaN. Where rows move to greater memory, nothing is known of them.
/// </summary>
internal sealed class DriverBlocks(DriverDevice device, DeviceShape shape, nint stream)
{
    private DriverMemory _bounds;
    private DriverMemory _fresh;
    private DriverMemory _closing;

    /// <summary>Makes room for the blocks of so many rows.</summary>
    public void Grow(int rows)
    {
        Free();
        long blocks = Count(rows);
        _bounds = device.Allocate(2 * sizeof(ulong) * blocks * shape.Columns);
        _closing = device.Allocate(sizeof(ulong) * blocks);
        _fresh = device.Allocate(sizeof(int) * blocks);
        device.Driver.Clear(_fresh.Address, _fresh.Bytes, stream);
    }

    /// <summary>Blocks of so many rows.</summary>
    public static int Count(int rows) => (int)((rows + (1L << Summaries.BlockBits) - 1) >> Summaries.BlockBits);

    /// <summary>Adds where things lie to what kernels are told.</summary>
    /// <param name="arguments">The rest.</param>
    /// <param name="closed">Blocks whose key is above the limit are not read.</param>
    public DriverArguments AddTo(DriverArguments arguments, bool closed) => arguments with
    {
        Bounds = _bounds.Address,
        Fresh = _fresh.Address,
        Closing = closed ? _closing.Address : 0,
        Blocks = Count(arguments.Rows),
    };

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        device.Free(ref _bounds);
        device.Free(ref _closing);
        device.Free(ref _fresh);
    }
}
