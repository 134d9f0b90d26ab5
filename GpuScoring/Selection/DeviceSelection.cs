using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>Chooses victims of one tree on a device, whatever the formula's type.</summary>
internal abstract class DeviceSelection : IDisposable
{
    /// <summary>Launches of the last call.</summary>
    public int Launches { get; protected set; }

    /// <summary>Bytes between host and device in the last call.</summary>
    public long BytesMoved { get; protected set; }

    /// <summary>
    /// The rows of the <paramref name="wanted"/> lowest candidates, in any order and with some more among them where that is as cheap; and
    /// the extremes under which they were scored.
    /// </summary>
    /// <param name="now">The clock.</param>
    /// <param name="rows">Rows in use on the host.</param>
    /// <param name="changed">Rows that changed since the last call.</param>
    /// <param name="wanted">Victims, at least 1 and at most the number of candidates.</param>
    /// <param name="scales">Receives the extremes, one pair per scaled term.</param>
    /// <returns>Row numbers, valid until the next call; none where the device cannot tell the victims from too many others.</returns>
    public abstract ReadOnlySpan<ulong> Choose(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales);

    /// <summary>The victim for each value of the first tunable, in one pass.</summary>
    public abstract ReadOnlySpan<ulong> ChooseMany(double now, int rows, ReadOnlySpan<int> changed, ReadOnlySpan<double> tunables);

    /// <summary>Seconds that one victim takes among that many rows.</summary>
    public abstract double SecondsPerVictim(int rows);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>The steps of a selection in the order of one stream: update, extremes, then the best row or rounds of bins.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class DeviceSelection<TFormula> : DeviceSelection
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>Rows beyond those wanted that the host would rather rank than have the device count again.</summary>
    private const int Slack = 1024;

    private readonly GpuDevice _device;
    private readonly IDeviceScored<TFormula> _source;
    private readonly DeviceShape _shape;
    private readonly SelectionKernelSet<TFormula> _kernels;
    private readonly AcceleratorStream _stream;
    private readonly DeviceColumns _columns;
    private readonly int _terms;
    private readonly DeviceCost _cost;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _answer;
    private PageLockedArray1D<ulong>? _answerOnHost;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _partials;
    private MemoryBuffer1D<int, Stride1D.Dense>? _histogram;
    private MemoryBuffer1D<ulong, Stride1D.Dense>? _keys;
    private MemoryBuffer1D<int, Stride1D.Dense>? _rows;
    private MemoryBuffer1D<TFormula, Stride1D.Dense>? _formulas;
    private PageLockedArray1D<TFormula>? _formulasOnHost;
    private ulong[] _chosen = [];
    private int _rounds = 1;

    /// <summary>Compiles what is not compiled yet, and measures the device where nobody has.</summary>
    public DeviceSelection(GpuDevice device, IDeviceScored<TFormula> source)
    {
        _device = device;
        _source = source;
        _shape = source.DeviceShape;
        _terms = _shape.ScaledTerms.Length;
        _kernels = device.Kernels(static device => new SelectionKernelSet<TFormula>(device));
        lock (device.Gate)
        {
            _device.Enter(DeviceStep.Allocate);
            _stream = device.Accelerator.CreateStream();
        }

        _columns = new(device, _stream, (FormulaSelector)source, _shape, _kernels.Scatter);
        // Enough rows to see the memory, which the simulator would take seconds for.
        _cost = device.Kernels(device => new DeviceCost<TFormula>(Measure, device.IsSimulated ? 1 << 11 : 1 << 20));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<ulong> Choose(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales)
    {
        _device.Hold();
        try
        {
            return Copy(ChooseHeld(now, rows, changed, wanted, scales));
        }
        finally
        {
            _device.Release();
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<ulong> ChooseMany(double now, int rows, ReadOnlySpan<int> changed, ReadOnlySpan<double> tunables)
    {
        _device.Hold();
        try
        {
            return Copy(ChooseManyHeld(now, rows, changed, tunables));
        }
        finally
        {
            _device.Release();
        }
    }

    private ReadOnlySpan<ulong> ChooseHeld(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales)
    {
        TFormula formula = _source.FormulaAt(now);
        int room = wanted == 1 && !_shape.Bounded ? 1 : wanted + Slack;
        lock (_device.Gate)
        {
            Launches = 0;
            _columns.Update(rows, changed);
            Launches += changed.IsEmpty ? 0 : 1;
            Reserve(room, rows: wanted == 1 ? 0 : _columns.Rows, lines: 1);
            Queue(formula, wanted, room);
        }

        Fetch(room);
        while (_answerOnHost!.Span[Answer.Done] == 0)
        {
            // Scores that crowd more than before: more rounds, this time and from now on.
            lock (_device.Gate)
            {
                Round(formula, _rounds, room);
                _rounds++;
                QueueBounds(formula, room);
                ReadAnswer(room);
            }

            Fetch(room);
        }

        BytesMoved += _columns.BytesMoved;
        ReadOnlySpan<ulong> answer = _answerOnHost.Span;
        if (answer[Answer.Done] == Answer.TooMany)
        {
            return [];
        }

        for (int term = 0; term < _terms; term++)
        {
            scales[term] = new(BitConverter.UInt64BitsToDouble(answer[Answer.Header + (2 * term)]), BitConverter.UInt64BitsToDouble(answer[Answer.Header + (2 * term) + 1]));
        }

        return answer.Slice(Answer.Header + (2 * _terms), (int)answer[Answer.Found]);
    }

    private ReadOnlySpan<ulong> ChooseManyHeld(double now, int rows, ReadOnlySpan<int> changed, ReadOnlySpan<double> tunables)
    {
        lock (_device.Gate)
        {
            Launches = 0;
            _columns.Update(rows, changed);
            Reserve(tunables.Length, 0, tunables.Length);
            if (_formulas is null || _formulas.Length < tunables.Length)
            {
                _device.Free(_formulas);
                _formulasOnHost?.Dispose();
                _formulas = _device.Allocate<TFormula>(tunables.Length);
                _formulasOnHost = _device.Accelerator.AllocatePageLocked1D<TFormula>(tunables.Length);
            }

            for (int index = 0; index < tunables.Length; index++)
            {
                _formulasOnHost!.Span[index] = _source.FormulaAt(now, tunables[index]);
            }

            _device.Enter(DeviceStep.Copy);
            ArrayView<TFormula> formulas = _formulas.View.BaseView.SubView(0, tunables.Length);
            formulas.CopyFrom(_stream, _formulasOnHost!.ArrayView.SubView(0, tunables.Length));
            Scratch scratch = ScratchOf(0);
            int groups = _device.Groups(_columns.Rows);
            if (_terms > 0)
            {
                Enter();
                _kernels.Extremes(_stream, new KernelConfig(groups, _device.Threads), _columns.Table, scratch, _terms, _source.FormulaAt(now, tunables[0]));
            }

            Enter();
            _kernels.BestOfMany(_stream, new KernelConfig(new Index3D(groups, tunables.Length, 1), new Index3D(_device.Threads, 1, 1)), _columns.Table, scratch, _terms, Orders, formulas);
            ReadAnswer(tunables.Length);
        }

        Fetch(tunables.Length);
        BytesMoved += _columns.BytesMoved + (tunables.Length * (long)Interop.SizeOf<TFormula>());
        return _answerOnHost!.Span.Slice(Answer.Header + (2 * _terms), tunables.Length);
    }

    /// <inheritdoc/>
    public override double SecondsPerVictim(int rows) => _cost.Seconds(rows);

    /// <inheritdoc/>
    public override void Dispose()
    {
        lock (_device.Gate)
        {
            try
            {
                _stream.Synchronize();
            }
            catch (Exception exception) when (exception is AcceleratorException or InvalidOperationException or ObjectDisposedException)
            {
                // A device that is gone has nothing to wait for.
            }

            _columns.Dispose();
            _device.Free(_answer);
            _device.Free(_partials);
            _device.Free(_histogram);
            _device.Free(_keys);
            _device.Free(_rows);
            _device.Free(_formulas);
            _answerOnHost?.Dispose();
            _formulasOnHost?.Dispose();
            _stream.Dispose();
        }
    }

    /// <summary>The answer lies in memory of the device's, which goes with it: what the caller reads must not.</summary>
    private ReadOnlySpan<ulong> Copy(ReadOnlySpan<ulong> answer)
    {
        if (_chosen.Length < answer.Length)
        {
            _chosen = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)answer.Length)];
        }

        answer.CopyTo(_chosen);
        return _chosen.AsSpan(0, answer.Length);
    }

    private void Queue(TFormula formula, int wanted, int room)
    {
        Scratch scratch = ScratchOf(0);
        KernelConfig grid = new(_device.Groups(_columns.Rows), _device.Threads);
        if (_terms > 0)
        {
            Enter();
            _kernels.Extremes(_stream, grid, _columns.Table, scratch, _terms, formula);
        }

        Enter();
        if (wanted == 1)
        {
            _kernels.Best(_stream, grid, _columns.Table, scratch, _terms, Orders, formula);
        }
        else
        {
            _kernels.Keys(_stream, grid, _columns.Table, scratch, _terms, wanted, formula);
            for (int round = 0; round < _rounds; round++)
            {
                Round(formula, round, room);
            }
        }

        QueueBounds(formula, room);
        ReadAnswer(room);
    }

    /// <summary>Scores that the device compares: where the first has bounds, the CPU compares the others.</summary>
    private int Orders => _shape.Bounded ? 1 : _shape.Orders;

    private void QueueBounds(TFormula formula, int room)
    {
        if (_shape.Bounded)
        {
            Scratch scratch = ScratchOf(0);
            Enter();
            _kernels.Threshold(_stream, new KernelConfig(1, _device.Threads), _columns.Table, scratch, _terms, formula);
            Enter();
            _kernels.Within(_stream, new KernelConfig(_device.Groups(_columns.Rows), _device.Threads), _columns.Table, scratch, _terms, room, formula);
        }
    }

    private void Round(TFormula formula, int round, int room)
    {
        Scratch scratch = ScratchOf(round);
        KernelConfig grid = new(_device.Groups(_columns.Rows), _device.Threads);
        Enter();
        _kernels.Count(_stream, grid, scratch, room);
        Enter();
        _kernels.Divide(_stream, grid, _columns.Table, scratch, _terms, Orders, formula);
    }

    private void ReadAnswer(int room)
    {
        _device.Enter(DeviceStep.Read);
        int length = Answer.Header + (2 * _terms) + room;
        ArrayView<ulong> target = _answerOnHost!.ArrayView.SubView(0, length);
        target.CopyFrom(_stream, _answer!.View.BaseView.SubView(0, length));
        BytesMoved = length * sizeof(ulong);
    }

    private void Fetch(int room)
    {
        _device.Accelerator.Bind();
        _stream.Synchronize();
        ReadOnlySpan<ulong> answer = _answerOnHost!.Span;
        if (answer[Answer.Done] > Answer.TooMany || (answer[Answer.Found] > (ulong)room && answer[Answer.Done] != Answer.TooMany))
        {
            throw new SquelchException($"{_device.Name} gave an answer that cannot be: {answer[Answer.Found]} rows of {room}.");
        }
    }

    private void Enter()
    {
        _device.Enter(DeviceStep.Launch);
        Launches++;
    }

    private Scratch ScratchOf(int round)
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

    private void Reserve(int room, int rows, int lines)
    {
        int partials = 2 * _device.MostGroups * Math.Max(Math.Max(1, _terms), lines);
        if (_partials is null || _partials.Length < partials)
        {
            _device.Free(_partials);
            _partials = null;
            _partials = _device.Allocate<ulong>(partials);
        }

        if (_histogram is null)
        {
            _histogram = _device.Allocate<int>(SelectionKernels.Bins);
            _histogram.MemSetToZero(_stream);
        }

        int answer = Answer.Header + (2 * _terms) + room;
        if (_answer is null || _answer.Length < answer)
        {
            _device.Free(_answer);
            _answerOnHost?.Dispose();
            _answer = null;
            _answerOnHost = null;
            _answer = _device.Allocate<ulong>(answer);
            _answer.MemSetToZero(_stream);
            _answerOnHost = _device.Accelerator.AllocatePageLocked1D<ulong>(answer);
        }

        if (rows > 0 && (_rows is null || _rows.Length < 2L * rows))
        {
            _device.Free(_keys);
            _device.Free(_rows);
            _keys = null;
            _rows = null;
            long length = 2L * (rows + (rows / 2));
            _keys = _device.Allocate<ulong>(length);
            _rows = _device.Allocate<int>(length);
        }
    }

    /// <summary>Seconds of a selection over that many rows of a made-up table.</summary>
    private double Measure(int rows)
    {
        lock (_device.Gate)
        {
            MemoryBuffer1D<double, Stride1D.Dense>? columns = null;
            MemoryBuffer1D<long, Stride1D.Dense>? creations = null;
            try
            {
                columns = _device.Allocate<double>(Math.Max(1, (long)rows * _shape.Columns));
                creations = _device.Allocate<long>(rows);
                columns.MemSetToZero(_stream);

                // Any number but 0 makes a candidate.
                creations.MemSet(_stream, 1);
                Reserve(1, 0, 1);
                ArrayView<long> made = creations.View.BaseView;
                DeviceTable table = _shape.Single ? new(default, made, rows, rows, columns.View.Cast<double, float>().BaseView) : new(columns.View.BaseView, made, rows, rows);
                TFormula formula = _source.FormulaAt(1);
                KernelConfig grid = new(_device.Groups(rows), _device.Threads);
                double best = double.PositiveInfinity;
                for (int time = 0; time < 4; time++)
                {
                    long start = Stopwatch.GetTimestamp();
                    if (_terms > 0)
                    {
                        _kernels.Extremes(_stream, grid, table, ScratchOf(0), _terms, formula);
                    }

                    _kernels.Best(_stream, grid, table, ScratchOf(0), _terms, Orders, formula);
                    ReadAnswer(1);
                    _stream.Synchronize();
                    best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
                }

                return best;
            }
            finally
            {
                _stream.Synchronize();
                _device.Free(columns);
                _device.Free(creations);
            }
        }
    }
}
