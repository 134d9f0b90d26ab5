using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Squelch.GpuScoring;

/// <summary>Measures what a selection costs, on made-up columns.</summary>
internal sealed unsafe class DriverCost(DriverDevice device, DriverKernels kernels, DeviceShape shape, int uniforms)
{
    private readonly int _width = shape.Single ? sizeof(float) : sizeof(double);

    /// <summary>Times selections at two sizes.</summary>
    public DeviceCost Measure(nint stream)
    {
        DriverMemory columns = default;
        DriverMemory creations = default;
        var answer = new DriverAnswer(device, shape, stream);
        try
        {
            columns = device.Allocate(Math.Max(1, (long)device.MeasuredRows * shape.Columns) * _width);
            creations = device.Allocate((long)device.MeasuredRows * sizeof(long));
            Fill(columns, creations, stream);
            answer.Reserve(device.MostGroups);
            DriverMemory values = columns;
            DriverMemory numbers = creations;
            return new(rows => Best(rows, values, numbers, answer, stream), device.MeasuredRows);
        }
        finally
        {
            device.Driver.Synchronize(stream);
            answer.Free();
            device.Free(ref columns);
            device.Free(ref creations);
        }
    }

    /// <summary>Numbers that differ, as real ones do: ties would have every row's creation number compared.</summary>
    private void Fill(DriverMemory columns, DriverMemory creations, nint stream)
    {
        var random = new Random(1);
        long[] rows = [.. Enumerable.Range(1, device.MeasuredRows).Select(row => (long)row)];
        Send(creations, MemoryMarshal.AsBytes<long>(rows), stream);
        int values = (int)(columns.Bytes / _width);
        if (shape.Single)
        {
            Send(columns, MemoryMarshal.AsBytes<float>([.. Enumerable.Range(0, values).Select(_ => 1 + (float)random.Next(1_000_000))]), stream);
        }
        else
        {
            Send(columns, MemoryMarshal.AsBytes<double>([.. Enumerable.Range(0, values).Select(_ => 1.0 + random.Next(1_000_000))]), stream);
        }
    }

    private void Send(DriverMemory target, ReadOnlySpan<byte> bytes, nint stream)
    {
        fixed (byte* source = bytes)
        {
            device.Driver.CopyToDevice(target.Address, source, bytes.Length, stream);
            device.Driver.Synchronize(stream);
        }
    }

    /// <summary>Seconds of the fastest of a few.</summary>
    private double Best(int rows, DriverMemory columns, DriverMemory creations, DriverAnswer answer, nint stream)
    {
        DriverArguments arguments = answer.AddTo(new()
        {
            Columns = columns.Address,
            Creations = creations.Address,
            Stride = (ulong)((long)device.MeasuredRows * _width),
            Rows = rows,
            Width = _width,
            Terms = shape.ScaledTerms.Length,
            Orders = shape.Orders,
            Count = shape.Columns,
        });
        int groups = device.Groups(rows, shape);
        var formula = new ulong[uniforms];
        double best = double.PositiveInfinity;
        for (int time = 0; time < 4; time++)
        {
            long start = Stopwatch.GetTimestamp();
            answer.Start(1, groups, limit: null, extremes: true);
            if (!shape.ScaledTerms.IsEmpty)
            {
                device.Driver.Launch(kernels.Extremes, groups, device.Threads, arguments, formula, stream);
            }

            device.Driver.Launch(kernels.Best, groups, device.Threads, arguments, formula, stream);
            answer.Wait();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }
}
