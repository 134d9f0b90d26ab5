using System.Diagnostics;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The nodes of one line of the table, on the device and on the CPU.</summary>
internal sealed class Rows : IDisposable
{
    private readonly Nodes _nodes;
    private readonly int _size;
    private readonly int[] _victims;
    private GpuSelector? _device;

    public Rows(GpuScorer gpu, RegisteredPolicy policy, int size)
    {
        _size = size;
        _victims = new int[size];
        _nodes = new(policy, size, seed: 1, selector => _device = (GpuSelector)gpu.Accelerate(selector));
    }

    private GpuSelector Device => _device!;

    /// <summary>A hundredth of the rows changes.</summary>
    public void Change() => _nodes.Hit(Math.Max(1, _size / 100));

    /// <summary>Seconds of a selection, the update included.</summary>
    public double OnDevice(int victims)
    {
        long start = Stopwatch.GetTimestamp();
        Device.Select(_nodes.Now, _victims.AsSpan(0, victims));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return Device.HasDevice ? seconds : throw new SquelchException("The device gave up.");
    }

    /// <summary>Seconds of a selection after which nothing has changed.</summary>
    public double Resident(int victims)
    {
        OnDevice(1);
        return OnDevice(victims);
    }

    /// <summary>Launches of a selection.</summary>
    public int Launches(int victims)
    {
        Change();
        OnDevice(victims);
        return Device.Device!.Launches;
    }

    /// <summary>Bytes between host and device of a selection.</summary>
    public long BytesMoved(int victims)
    {
        Change();
        OnDevice(victims);
        return Device.Device!.BytesMoved;
    }

    /// <summary>Bytes that a selection of one victim has to read on the device: columns and creation numbers, once more for the extremes.</summary>
    public double BytesRead(int size)
    {
        DeviceShape shape = ((IDeviceScored)_nodes.Selector).DeviceShape;
        return (8.0 + ((shape.Single ? 4 : 8) * shape.Columns)) * size * (shape.ScaledTerms.IsEmpty ? 1 : 2);
    }

    /// <summary>
    /// Seconds for that many victims, one after the other; after the budget, the rest is estimated from what was done. NaN where the plan
    /// has no such back end.
    /// </summary>
    public double OnCpu(Backend backend, int victims, TimeSpan budget)
    {
        int done = 0;
        long start = Stopwatch.GetTimestamp();
        try
        {
            while (done < victims && (done == 0 || Stopwatch.GetElapsedTime(start) < budget))
            {
                _victims[done] = _nodes.Selector.SelectBy(backend, _nodes.Now);
                _nodes.Selector.SetCandidate(_victims[done], false);
                done++;
            }
        }
        catch (NotSupportedException)
        {
            return double.NaN;
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        for (int index = 0; index < done; index++)
        {
            _nodes.Selector.SetCandidate(_victims[index], true);
        }

        return seconds / done * victims;
    }

    public void Dispose() => Device.Dispose();
}
