using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The memory that the steps of one tree's selections share, on the device and, for the answer, on the host. It grows and never shrinks.</summary>
internal sealed class SelectionBuffers(GpuDevice device, AcceleratorStream stream, DeviceShape shape) : IDisposable
{
    private readonly int _terms = shape.ScaledTerms.Length;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _answer;
    private PageLockedArray1D<ulong>? _answerOnHost;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _partials;
    private MemoryBuffer1D<int, Stride1D.Dense>? _histogram;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _keys;
    private MemoryBuffer1D<int, Stride1D.Dense>? _rows;

    /// <summary>The answer as it was read last. It lies in memory of the device's and goes with it.</summary>
    public ReadOnlySpan<ulong> Answer => _answerOnHost!.Span;

    /// <summary>Makes room.</summary>
    /// <param name="room">Rows that the answer has room for.</param>
    /// <param name="rows">Rows that are ranked; 0 for none.</param>
    public void Reserve(int room, int rows)
    {
        if (_partials is null)
        {
            _partials = device.Allocate<ulong>(2 * device.MostGroups * Math.Max(1, shape.Summarized ? Math.Max(_terms, shape.Columns + 1) : _terms));
        }

        if (_histogram is null)
        {
            _histogram = device.Allocate<int>(RankKernels.Bins);
            _histogram.MemSetToZero(stream);
        }

        int answer = LengthOf(room);
        if (_answer is null || _answer.Length < answer)
        {
            device.Free(_answer);
            _answerOnHost?.Dispose();
            _answer = null;
            _answerOnHost = null;
            _answer = device.Allocate<ulong>(answer);
            _answer.MemSetToZero(stream);
            _answerOnHost = device.Accelerator.AllocatePageLocked1D<ulong>(answer);
        }

        if (rows > 0 && (_rows is null || _rows.Length < 2L * rows))
        {
            device.Free(_keys);
            device.Free(_rows);
            _keys = null;
            _rows = null;
            long length = 2L * (rows + (rows / 2));
            _keys = device.Allocate<ulong>(length);
            _rows = device.Allocate<int>(length);
        }
    }

    /// <summary>The memory as a round sees it: from round to round, active rows and those that stay active change places.</summary>
    public Scratch Scratch(int round)
    {
        long rows = _rows is null ? 0 : _rows.Length / 2;
        ArrayView<ulong> keys = rows == 0 ? _partials!.View.BaseView : _keys!.View.BaseView.SubView(0, rows);
        ArrayView<ulong> otherKeys = rows == 0 ? keys : _keys!.View.BaseView.SubView(rows, rows);
        ArrayView<int> list = rows == 0 ? _histogram!.View.BaseView : _rows!.View.BaseView.SubView(0, rows);
        ArrayView<int> otherList = rows == 0 ? list : _rows!.View.BaseView.SubView(rows, rows);
        bool even = round % 2 == 0;
        return new(
            _answer!.View.BaseView,
            _partials!.View.BaseView,
            _histogram!.View.BaseView,
            even ? keys : otherKeys,
            even ? otherKeys : keys,
            even ? list : otherList,
            even ? otherList : list);
    }

    /// <summary>Queues the copy of the answer to the host.</summary>
    /// <returns>Bytes copied.</returns>
    public long Read(int room)
    {
        int length = LengthOf(room);
        ArrayView<ulong> target = _answerOnHost!.ArrayView.SubView(0, length);
        target.CopyFrom(stream, _answer!.View.BaseView.SubView(0, length));
        return length * sizeof(ulong);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        device.Free(_answer);
        device.Free(_partials);
        device.Free(_histogram);
        device.Free(_keys);
        device.Free(_rows);
        _answerOnHost?.Dispose();
    }

    private int LengthOf(int room) => GpuScoring.Answer.Place(_terms, room);
}
