using System.Runtime.InteropServices;

namespace Squelch.GpuScoring;

/// <summary>
/// What a selection begins with and what it answers: a <see cref="SelectionHeader"/>, the limits, the extremes of terms and, where blocks are summarised, of columns, which go to the device's own memory before a selection;
/// and, after them on the host alone, the rows chosen, each with the key of its first score. Kernels write the answer into the host's memory themselves, so that nothing is
/// copied back.
/// </summary>
internal sealed unsafe class DriverAnswer(DriverDevice device, DeviceShape shape, nint stream)
{
    private const int Bins = 256;

    // Keys of the infinities: no number lies outside.
    private static readonly ulong s_least = OrderKey.Of(double.PositiveInfinity);
    private static readonly ulong s_greatest = OrderKey.Of(double.NegativeInfinity);

    private readonly int _limits = SelectionHeader.Bytes / sizeof(ulong);
    private readonly int _extremes = (SelectionHeader.Bytes / sizeof(ulong)) + shape.Orders + 1;
    private readonly int _totals = (SelectionHeader.Bytes / sizeof(ulong)) + shape.Orders + 1 + (2 * shape.ScaledTerms.Length);
    private readonly int _chosen = (SelectionHeader.Bytes / sizeof(ulong)) + shape.Orders + 1 + (2 * shape.ScaledTerms.Length) + (shape.Summarized ? 2 * shape.Columns : 0);
    private DriverMemory _memory;
    private DriverMemory _histogram;
    private PinnedMemory _image;
    private ulong _answer;

    /// <summary>How far the selection is: what the last wait was for.</summary>
    public ref SelectionHeader Header => ref MemoryMarshal.AsRef<SelectionHeader>(MemoryMarshal.AsBytes(_image.Span));

    /// <summary>The key of the least value of a scaled term; the greatest one's follows.</summary>
    public ReadOnlySpan<ulong> Extremes => _image.Span[_extremes.._totals];

    /// <summary>The rows chosen, each followed by its key.</summary>
    public Span<ulong> Chosen => _image.Span[_chosen..];

    /// <summary>Makes room for so many rows.</summary>
    public void Reserve(int room)
    {
        if (_histogram.Bytes == 0)
        {
            _histogram = device.Allocate(Bins * sizeof(uint));
            device.Driver.Clear(_histogram.Address, _histogram.Bytes, stream);
            _memory = device.Allocate((long)_chosen * sizeof(ulong));
        }

        int length = _chosen + (2 * room);
        if (_image.Length < length)
        {
            device.Free(ref _image);
            _image = device.AllocatePinned(length);
            _answer = device.Driver.AddressOfPinned(_image.Address);
        }
    }

    /// <summary>Queues the beginning of a selection.</summary>
    /// <param name="wanted">Victims.</param>
    /// <param name="room">Rows that there is room for.</param>
    /// <param name="limit">The key that they are not above, where that is known; else it is looked for.</param>
    /// <param name="extremes">They are to be found too, and not those of the last selection.</param>
    /// <returns>Bytes copied.</returns>
    public long Start(int wanted, int room, ulong? limit, bool extremes)
    {
        Header = new()
        {
            Done = limit is null ? 0UL : 1,
            Shift = SelectionHeader.FirstShift,
            Wanted = (ulong)wanted,
            Room = (ulong)room,
            Least = OrderKey.None,
        };
        _image.Span[_limits] = limit ?? 0;
        for (int place = _extremes; place < _chosen && extremes; place += 2)
        {
            _image.Span[place] = s_least;
            _image.Span[place + 1] = s_greatest;
        }

        long bytes = (long)(extremes ? _chosen : _extremes) * sizeof(ulong);
        device.Driver.CopyToDevice(_memory.Address, (void*)_image.Address, bytes, stream);
        return bytes;
    }

    /// <summary>Waits for what is queued; then the answer is there.</summary>
    public void Wait() => device.Driver.Synchronize(stream);

    /// <summary>Bytes of an answer with so many rows.</summary>
    public long BytesOf(int rows) => (long)(2 + Extremes.Length + (2 * rows)) * sizeof(ulong);

    /// <summary>Adds where things lie to what kernels are told.</summary>
    public DriverArguments AddTo(DriverArguments arguments) => arguments with
    {
        Header = _memory.Address,
        Limits = _memory.Address + (ulong)(_limits * sizeof(ulong)),
        Extremes = _memory.Address + (ulong)(_extremes * sizeof(ulong)),
        Totals = _memory.Address + (ulong)(_totals * sizeof(ulong)),
        Chosen = _answer + (ulong)(_chosen * sizeof(ulong)),
        Answer = _answer,
        Histogram = _histogram.Address,
    };

    /// <summary>Gives all memory back.</summary>
    public void Free()
    {
        device.Free(ref _memory);
        device.Free(ref _histogram);
        device.Free(ref _image);
    }
}
