using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

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
    private readonly SelectionBuffers _buffers;
    private ulong[] _chosen = [];
    private int _rounds = 1;

    /// <summary>Compiles what is not compiled yet, and measures the device where nobody has.</summary>
    public DeviceSelection(GpuDevice device, IDeviceScored<TFormula> source)
    {
        _device = device;
        _source = source;
        _shape = source.DeviceShape;
        _terms = _shape.ScaledTerms.Length;
        _kernels = device.Kernels(SelectionKernelSet<TFormula>.Load);
        lock (device.Gate)
        {
            _device.Enter(DeviceStep.Allocate);
            _stream = device.Accelerator.CreateStream();
        }

        _buffers = new(device, _stream, _terms);
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

    private ReadOnlySpan<ulong> ChooseHeld(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales)
    {
        TFormula formula = _source.FormulaAt(now);
        int room = wanted == 1 && !_shape.Bounded ? 1 : wanted + Slack;
        lock (_device.Gate)
        {
            Launches = 0;
            _columns.Update(rows, changed);
            Launches += changed.IsEmpty ? 0 : 1;
            _buffers.Reserve(room, rows: wanted == 1 ? 0 : _columns.Rows);
            Queue(formula, wanted, room);
        }

        Fetch(room);
        while (_buffers.Answer[Answer.Done] == 0)
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
        ReadOnlySpan<ulong> answer = _buffers.Answer;
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

    /// <inheritdoc/>
    /// <remarks>The simulator shares the CPU's cores, so it never gains; on a busy machine a measure may say otherwise by chance.</remarks>
    public override double SecondsPerVictim(int rows) => _device.IsSimulated ? double.PositiveInfinity : _cost.Seconds(rows);

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
            _buffers.Dispose();
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
        Scratch scratch = _buffers.Scratch(0);
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
            Scratch scratch = _buffers.Scratch(0);
            Enter();
            _kernels.Threshold(_stream, new KernelConfig(1, _device.Threads), _columns.Table, scratch, _terms, formula);
            Enter();
            _kernels.Within(_stream, new KernelConfig(_device.Groups(_columns.Rows), _device.Threads), _columns.Table, scratch, _terms, room, formula);
        }
    }

    private void Round(TFormula formula, int round, int room)
    {
        Scratch scratch = _buffers.Scratch(round);
        KernelConfig grid = new(_device.Groups(_columns.Rows), _device.Threads);
        Enter();
        _kernels.Count(_stream, grid, scratch, room);
        Enter();
        _kernels.Divide(_stream, grid, _columns.Table, scratch, _terms, Orders, formula);
    }

    private void ReadAnswer(int room)
    {
        _device.Enter(DeviceStep.Read);
        BytesMoved = _buffers.Read(room);
    }

    private void Fetch(int room)
    {
        _device.Accelerator.Bind();
        _stream.Synchronize();
        ReadOnlySpan<ulong> answer = _buffers.Answer;
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
                _buffers.Reserve(1, rows: 0);
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
                        _kernels.Extremes(_stream, grid, table, _buffers.Scratch(0), _terms, formula);
                    }

                    _kernels.Best(_stream, grid, table, _buffers.Scratch(0), _terms, Orders, formula);
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
