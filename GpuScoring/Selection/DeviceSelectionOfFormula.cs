using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The steps of a selection in the order of one stream: update, extremes, then the best row or rounds of bins.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class DeviceSelection<TFormula> : DeviceSelection
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>Rows beyond those wanted that the host would rather rank than have the device count again: so many, and an eighth of those wanted.</summary>
    private const int Slack = 32;

    /// <summary>After so many selections that needed fewer rounds than were queued, fewer are.</summary>
    private const int Calm = 16;

    private readonly GpuDevice _device;
    private readonly IDeviceScored<TFormula> _source;
    private readonly DeviceShape _shape;
    private readonly SelectionKernelSet<TFormula> _kernels;
    private readonly AcceleratorStream _stream;
    private readonly DeviceColumns _columns;
    private readonly int _terms;
    private readonly DeviceCost _cost;
    private readonly SelectionBuffers _buffers;
    private readonly ThresholdGuess _guess = new();
    private ulong[] _chosen = [];
    private int _rounds = 1;
    private int _calm;
    private int _mostRounds;
    private bool _spoiled;

    /// <summary>Compiles what is not compiled yet, and measures the device where nobody has.</summary>
    public DeviceSelection(GpuDevice device, IDeviceScored<TFormula> source)
    {
        _device = device;
        _source = source;
        _shape = source.DeviceShape;
        _terms = _shape.ScaledTerms.Length;
        _kernels = device.Kernels(device => SelectionKernelSet<TFormula>.Load(device, source.DeviceShape));
        lock (device.Gate)
        {
            _device.Enter(DeviceStep.Allocate);
            _stream = device.Accelerator.CreateStream();
        }

        _buffers = new(device, _stream, _shape);
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
        ulong? limit = _shape.Bounded ? null : _guess.For(wanted);
        int room = wanted == 1 && !_shape.Bounded ? 1 : limit is null ? wanted + Slack + (wanted / 8) : (2 * wanted) + (4 * Slack);
        lock (_device.Gate)
        {
            Launches = 0;
            _columns.Update(rows, changed);
            Launches += changed.IsEmpty ? 0 : 1;
            bool summarized = _shape.Summarized && !_spoiled && _columns.Rows >= _device.LeastSummarizedRows;
            Reserve(wanted, room, limit);
            QueueScales(formula, summarized);
            Queue(formula, wanted, room, summarized, limit);
            ReadAnswer(room);
        }

        Fetch(room);
        switch (_buffers.Answer[Answer.Done])
        {
            case Answer.Spoiled:
                _spoiled = true;
                Again(formula, wanted, room, scales: true);
                break;
            case Answer.Missed:
                _guess.Found((int)_buffers.Answer[Answer.Found], wanted);
                Again(formula, wanted, room, scales: false);
                break;
            case Answer.Chosen when limit is not null:
                _guess.Found((int)_buffers.Answer[Answer.Found], wanted);
                break;
        }

        return Finish(formula, wanted, room, scales);
    }

    /// <summary>Without what did not help: bounds of blocks, or a guessed threshold.</summary>
    private void Again(TFormula formula, int wanted, int room, bool scales)
    {
        lock (_device.Gate)
        {
            Reserve(wanted, room, limit: null);
            if (scales)
            {
                QueueScales(formula, summarized: false);
            }

            Queue(formula, wanted, room, summarized: false, limit: null);
            ReadAnswer(room);
        }

        Fetch(room);
    }

    private void Reserve(int wanted, int room, ulong? limit) => _buffers.Reserve(room, rows: wanted == 1 || limit is not null ? 0 : _columns.Rows);

    /// <summary>Queues rounds until the rows are chosen, and reads what was found.</summary>
    private ReadOnlySpan<ulong> Finish(TFormula formula, int wanted, int room, Span<Extremes<double>> scales)
    {
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

        ReadOnlySpan<ulong> chosen = answer.Slice(Answer.Place(_terms, 0), 2 * (int)answer[Answer.Found]);
        if (wanted > 1)
        {
            NoteRounds((int)answer[Answer.Rounds]);
            _guess.Learn(chosen, wanted);
        }

        return chosen;
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

    /// <summary>The extremes of scaled terms: from the blocks' bounds, or by a pass over all rows.</summary>
    private void QueueScales(TFormula formula, bool summarized)
    {
        if (summarized)
        {
            Enter("Renew");
            _kernels.Renew!(_stream, Grid, _columns.Table, _columns.Summaries, _buffers.Scratch(0), _shape.Columns, _shape.Single ? 1 : 0, _terms, formula);
            Enter("Bound");
            _kernels.Bound!(_stream, Grid, _columns.Table, _columns.Summaries, _buffers.Scratch(0), _terms, formula);
        }
        else if (_terms > 0)
        {
            Enter("Extremes");
            _kernels.Extremes!(_stream, Grid, _columns.Table, _buffers.Scratch(0), _terms, formula);
        }
    }

    private void Queue(TFormula formula, int wanted, int room, bool summarized, ulong? limit)
    {
        Scratch scratch = _buffers.Scratch(0);
        if (limit is { } guessed)
        {
            Enter("Below");
            _kernels.Below(_stream, Grid, _columns.Table, summarized ? _columns.Summaries : default, scratch, _terms, wanted, room, guessed, formula);
        }
        else if (wanted > 1)
        {
            Enter("Keys");
            _kernels.Keys(_stream, Grid, _columns.Table, scratch, _terms, wanted, formula);
            for (int round = 0; round < _rounds; round++)
            {
                Round(formula, round, room);
            }
        }
        else if (summarized)
        {
            Enter("BestOfBlocks");
            _kernels.BestOfBlocks!(_stream, Grid, _columns.Table, _columns.Summaries, scratch, _terms, Orders, formula);
        }
        else
        {
            Enter("Best");
            _kernels.Best(_stream, Grid, _columns.Table, scratch, _terms, Orders, formula);
        }

        QueueBounds(formula, room);
    }

    private KernelConfig Grid => new(_device.Groups(_columns.Rows), _device.Threads);

    /// <summary>Scores that the device compares: where the first has bounds, the CPU compares the others.</summary>
    private int Orders => _shape.Bounded ? 1 : _shape.Orders;

    private void QueueBounds(TFormula formula, int room)
    {
        if (_shape.Bounded)
        {
            Scratch scratch = _buffers.Scratch(0);
            Enter("Threshold");
            _kernels.Threshold!(_stream, new KernelConfig(1, _device.Threads), scratch, _terms);
            Enter("Within");
            _kernels.Within!(_stream, Grid, _columns.Table, scratch, _terms, room, formula);
        }
    }

    private void Round(TFormula formula, int round, int room)
    {
        Scratch scratch = _buffers.Scratch(round);
        Enter("Count");
        _kernels.Count(_stream, Grid, scratch, room);
        Enter("Divide");
        _kernels.Divide(_stream, Grid, _columns.Table, scratch, _terms, Orders, formula);
    }

    /// <summary>Rounds that are queued but not needed cost two launches each.</summary>
    private void NoteRounds(int needed)
    {
        _mostRounds = Math.Max(_mostRounds, needed);
        if (++_calm == Calm)
        {
            _rounds = Math.Clamp(_mostRounds, 1, _rounds);
            _calm = 0;
            _mostRounds = 0;
        }
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
        if (answer[Answer.Done] > Answer.Spoiled || (answer[Answer.Found] > (ulong)room && answer[Answer.Done] is not (Answer.TooMany or Answer.Missed or Answer.Spoiled)))
        {
            throw new SquelchException($"{_device.Name} gave an answer that cannot be: {answer[Answer.Found]} rows of {room}.");
        }
    }

    private void Enter(string kernel)
    {
        _device.EnterLaunch(kernel);
        Launches++;
    }

    /// <summary>Seconds of a selection over that many rows of a made-up table.</summary>
    private double Measure(int rows)
    {
        lock (_device.Gate)
        {
            MemoryBuffer1D<float, Stride1D.Dense>? columns = null;
            MemoryBuffer1D<long, Stride1D.Dense>? creations = null;
            try
            {
                // Numbers that differ, as real ones do: ties would have every row's creation number compared.
                int values = Math.Max(1, rows * _shape.Columns);
                columns = _device.Allocate<float>((long)values * (_shape.Single ? 1 : 2));
                creations = _device.Allocate<long>(rows);
                creations.CopyFromCPU(_stream, [.. Enumerable.Range(1, rows).Select(row => (long)row)]);
                DeviceTable table = MakeUp(columns, creations.View.BaseView, rows, values);
                _buffers.Reserve(1, rows: 0);
                TFormula formula = _source.FormulaAt(1);
                KernelConfig grid = new(_device.Groups(rows), _device.Threads);
                double best = double.PositiveInfinity;
                for (int time = 0; time < 4; time++)
                {
                    long start = Stopwatch.GetTimestamp();
                    if (_terms > 0)
                    {
                        _kernels.Extremes!(_stream, grid, table, _buffers.Scratch(0), _terms, formula);
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

    private DeviceTable MakeUp(MemoryBuffer1D<float, Stride1D.Dense> columns, ArrayView<long> creations, int rows, int values)
    {
        var random = new Random(1);
        if (_shape.Single)
        {
            columns.CopyFromCPU(_stream, [.. Enumerable.Range(0, values).Select(_ => 1 + (float)random.Next(1_000_000))]);
            return new(default, creations, rows, rows, columns.View.BaseView);
        }

        ArrayView<double> doubles = columns.View.Cast<float, double>().BaseView;
        double[] numbers = [.. Enumerable.Range(0, values).Select(_ => 1.0 + random.Next(1_000_000))];
        doubles.CopyFromCPU(_stream, numbers);
        return new(doubles, creations, rows, rows);
    }
}
