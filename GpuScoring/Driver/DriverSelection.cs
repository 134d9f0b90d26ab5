namespace Squelch.GpuScoring;

/// <summary>The steps of a selection in the order of one stream: update, extremes, then the groups' best rows, or limits and the rows within them.</summary>
internal sealed class DriverSelection : DeviceSelection
{
    /// <summary>Rows beyond those wanted that the host would rather rank than have the device look again: so many, and an eighth of those wanted.</summary>
    private const int Slack = 32;

    /// <summary>Steps towards the limits that are queued at once: three bytes of a key tell most scores apart. Those that are not needed end at once.</summary>
    private const int Steps = 4;

    private readonly DriverDevice _device;
    private readonly IDeviceScored _source;
    private readonly DeviceShape _shape;
    private readonly DriverKernels _kernels;
    private readonly nint _stream;
    private readonly DriverColumns _columns;
    private readonly DriverAnswer _answer;
    private readonly ThresholdGuess _guess = new();
    private readonly ulong[] _uniforms;
    private ulong[] _chosen = [];
    private bool _spoiled;
    private bool _freed;

    /// <summary>A selection over no rows yet.</summary>
    public DriverSelection(DriverDevice device, IDeviceScored source, DriverKernels kernels)
    {
        _device = device;
        _source = source;
        _shape = source.DeviceShape;
        _kernels = kernels;
        _uniforms = new ulong[Math.Max(1, source.Ptx!.Uniforms)];
        _stream = device.Driver.CreateStream();
        _columns = new(device, kernels, (FormulaSelector)source, _shape, _stream);
        _answer = new(device, _shape, _stream);
    }

    /// <summary>Finds out what a selection costs, where nobody has.</summary>
    public void Measure() => _kernels.Cost ??= new DriverCost(_device, _kernels, _shape, _uniforms.Length).Measure(_stream);

    /// <inheritdoc/>
    public override ReadOnlySpan<ulong> Choose(double now, int rows, ReadOnlySpan<int> changed, int wanted, Span<Extremes<double>> scales)
    {
        _device.Hold();
        try
        {
            _source.WriteUniforms(now, _uniforms);
            Launches = _columns.Update(rows, changed);
            BytesMoved = _columns.BytesMoved;
            ReadOnlySpan<ulong> chosen = wanted == 1 ? One() : Several(wanted);
            for (int term = 0; term < scales.Length; term++)
            {
                scales[term] = new(Number(_answer.Extremes[2 * term]), Number(_answer.Extremes[(2 * term) + 1]));
            }

            return Copy(chosen);
        }
        finally
        {
            _device.Release();
        }
    }

    /// <inheritdoc/>
    public override double SecondsPerVictim(int rows) => _kernels.Cost!.Seconds(rows);

    /// <inheritdoc/>
    public override void Dispose() => _device.Close(this);

    /// <summary>Gives everything back; the second time there is nothing left.</summary>
    public void Free()
    {
        if (!_freed)
        {
            _freed = true;
            _device.Driver.Synchronize(_stream);
            _columns.Free();
            _answer.Free();
            _device.Driver.DestroyStream(_stream);
        }
    }

    private bool Summarized => _shape.Summarized && !_spoiled && _columns.Rows >= _device.LeastSummarizedRows;

    private static double Number(ulong key) => BitConverter.UInt64BitsToDouble(OrderKey.Number(key));

    /// <summary>The lowest of the groups' best rows, with those whose first score is the same.</summary>
    private ReadOnlySpan<ulong> One()
    {
        int groups = _device.Groups(_columns.Rows, _shape);
        Start(1, groups, limit: null);

        // What no kernel writes must not look like the last answer.
        _answer.Chosen[..(2 * groups)].Fill(OrderKey.None);
        Launch(_kernels.Best, closed: Summarized);
        _answer.Wait();
        BytesMoved += _answer.BytesOf(groups);
        if (Spoils())
        {
            return One();
        }

        Span<ulong> best = _answer.Chosen[..(2 * groups)];
        ulong least = OrderKey.None;
        for (int index = 1; index < best.Length; index += 2)
        {
            least = Math.Min(least, best[index]);
        }

        int found = 0;
        for (int index = 0; index < best.Length && least != OrderKey.None; index += 2)
        {
            if (best[index + 1] == least)
            {
                best[found++] = best[index];
                best[found++] = least;
            }
        }

        return found > 0 ? best[..found] : throw new SquelchException($"{_device.Name} found no candidate.");
    }

    /// <summary>The rows below a guessed limit, or, where there is no guess or it fails, below one that is looked for.</summary>
    private ReadOnlySpan<ulong> Several(int wanted)
    {
        int room = wanted + Slack + (wanted / 8);
        if (_guess.For(wanted) is { } limit)
        {
            int wide = (2 * wanted) + (4 * Slack);
            Start(wanted, wide, limit);
            Launch(_kernels.Below, closed: Summarized);
            Wait(wide);
            if (Spoils())
            {
                return Several(wanted);
            }

            ulong found = _answer.Header.Found;
            _guess.Found((int)Math.Min(found, int.MaxValue), wanted);
            if (found >= (ulong)wanted && found <= (ulong)wide)
            {
                return Learn(wanted);
            }

            BytesMoved += _answer.Start(wanted, room, limit: null, extremes: false);
        }
        else
        {
            Start(wanted, room, limit: null);
        }

        do
        {
            for (int step = 0; step < Steps; step++)
            {
                Launch(_kernels.Count);
            }

            Launch(_kernels.Below, closed: Summarized);
            Wait(room);
            if (Spoils())
            {
                return Several(wanted);
            }
        }
        while (_answer.Header.Done == 0);

        return _answer.Header.Found >= (ulong)wanted && _answer.Header.Found <= (ulong)room
            ? Learn(wanted)
            : throw new SquelchException($"{_device.Name} gave an answer that cannot be: {_answer.Header.Found} rows of {room}.");
    }

    private void Wait(int room)
    {
        _answer.Wait();
        BytesMoved += _answer.BytesOf((int)Math.Min(_answer.Header.Found, (ulong)room));
    }

    private ReadOnlySpan<ulong> Learn(int wanted)
    {
        ReadOnlySpan<ulong> chosen = _answer.Chosen[..(2 * (int)_answer.Header.Found)];
        _guess.Learn(chosen, wanted);
        return chosen;
    }

    private void Start(int wanted, int room, ulong? limit)
    {
        _answer.Reserve(room);
        BytesMoved += _answer.Start(wanted, room, limit, extremes: true);
        if (Summarized)
        {
            Launch(_kernels.Renew, closed: true);
            LaunchOn(_device.Groups(DriverBlocks.Count(_columns.Rows)), _kernels.Bounds, closed: true);
        }
        else if (!_shape.ScaledTerms.IsEmpty)
        {
            Launch(_kernels.Extremes);
        }
    }

    /// <summary>A column is NaN somewhere, and blocks' bounds say nothing; from now on all rows are read.</summary>
    private bool Spoils()
    {
        bool spoils = _answer.Header.Spoiled != 0;
        _spoiled |= spoils;
        return spoils;
    }

    private void Launch(nint kernel, bool closed = false) => LaunchOn(_device.Groups(_columns.Rows, _shape), kernel, closed);

    private void LaunchOn(int groups, nint kernel, bool closed)
    {
        DriverArguments arguments = _answer.AddTo(_columns.Arguments(closed));
        _device.Driver.Launch(kernel, groups, _device.Threads, arguments, _uniforms, _stream);
        Launches++;
    }

    /// <summary>The answer lies in pinned memory, which goes with the device: what the caller reads must not.</summary>
    private ReadOnlySpan<ulong> Copy(ReadOnlySpan<ulong> answer)
    {
        if (_chosen.Length < answer.Length)
        {
            _chosen = new ulong[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)answer.Length)];
        }

        answer.CopyTo(_chosen);
        return _chosen.AsSpan(0, answer.Length);
    }
}
