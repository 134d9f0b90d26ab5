using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>Microseconds per selection on the device and on the CPU, as ratios of one run. A hundredth of the rows changes before each selection.</summary>
internal sealed class TimingTable(GpuScorer gpu, int[] sizes)
{
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(1);

    private double _bytesPerSecond;
    private double _launchSeconds;

    public void Write(RegisteredPolicy[] policies)
    {
        MeasureDevice();
        Console.WriteLine();
        Console.WriteLine($"{gpu.DeviceName}: {_bytesPerSecond / 1e9:N0} GB/s by a copy on the device, {_launchSeconds * 1e6:N1} us for a launch and its end.");
        Console.WriteLine("us per selection. Resident: no row has changed; with update: a hundredth of the rows has. Of bandwidth, and over the ideal of bytes read / bandwidth + 2 launches: one victim, resident.");
        Console.WriteLine();
        Console.WriteLine("| policy | nodes | victims | resident | with update | launches | bytes moved | of bandwidth | over ideal | CPU pruned | CPU SIMD | CPU scalar | best CPU / with update |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (RegisteredPolicy policy in policies)
        {
            var single = new List<(int Nodes, double Device, double Cpu)>();
            foreach (int size in sizes)
            {
                using var rows = new Rows(gpu, policy, size);
                foreach (int victims in new[] { 1, Math.Min(64, size), size / 100 }.Where(victims => victims > 0).Distinct())
                {
                    Line line = Measure(rows, victims);
                    Console.WriteLine(Text(policy, rows, size, victims, line));
                    if (victims == 1)
                    {
                        single.Add((size, line.Device, line.BestCpu));
                    }
                }
            }

            Console.WriteLine($"{policy.Descriptor.Name}: {Crossing(single)}");
        }
    }

    private static Line Measure(Rows rows, int victims) => new(
        Median(rows, () => rows.Resident(victims)),
        Median(rows, () => rows.OnDevice(victims)),
        rows.Launches(victims),
        rows.BytesMoved(victims),
        Median(rows, () => rows.OnCpu(Backend.Pruned, victims, s_budget)),
        Median(rows, () => rows.OnCpu(Backend.Simd, victims, s_budget)),
        Median(rows, () => rows.OnCpu(Backend.Scalar, victims, s_budget)));

    /// <summary>The median of the times that the action gives; it runs at least three times, and for about a second.</summary>
    private static double Median(Rows rows, Func<double> action)
    {
        for (int time = 0; time < 5; time++)
        {
            rows.Change();
            action();
        }

        var times = new List<double>();
        long start = Stopwatch.GetTimestamp();
        while (times.Count < 3 || (times.Count < 200 && Stopwatch.GetElapsedTime(start) < s_budget))
        {
            rows.Change();
            times.Add(action());
        }

        return times.Order().ElementAt(times.Count / 2);
    }

    private string Text(RegisteredPolicy policy, Rows rows, int size, int victims, Line line)
    {
        double read = rows.BytesRead(size);
        double ideal = (read / _bytesPerSecond) + (2 * _launchSeconds);
        string bandwidth = victims == 1 ? $"{100 * read / _bytesPerSecond / line.Resident:N0} %" : "";
        string over = victims == 1 ? $"{line.Resident / ideal:N1}x" : "";
        return $"| {policy.Descriptor.Name} | {size:N0} | {victims:N0} | {Us(line.Resident)} | {Us(line.Device)} | {line.Launches} | {line.BytesMoved:N0} | {bandwidth} | {over} "
            + $"| {Us(line.Pruned)} | {Us(line.Simd)} | {Us(line.Scalar)} | {line.BestCpu / line.Device:N2}x |";
    }

    /// <summary>The number of nodes from which on the device is faster for one victim, between two lines of the table by logarithms.</summary>
    private static string Crossing(List<(int Nodes, double Device, double Cpu)> lines)
    {
        int first = lines.FindIndex(line => line.Device < line.Cpu);
        if (first < 0)
        {
            return "no crossover: the CPU is faster at all sizes";
        }

        if (first == 0)
        {
            return $"the device is faster from {lines[0].Nodes:N0} nodes on, or below";
        }

        double before = Math.Log(lines[first - 1].Device / lines[first - 1].Cpu);
        double after = Math.Log(lines[first].Device / lines[first].Cpu);
        double share = before / (before - after);
        double nodes = Math.Exp(Math.Log(lines[first - 1].Nodes) + (share * Math.Log((double)lines[first].Nodes / lines[first - 1].Nodes)));
        return $"crossover at about {nodes:N0} nodes";
    }

    private void MeasureDevice()
    {
        GpuDevice device = gpu.Device!;
        using AcceleratorStream stream = device.Accelerator.CreateStream();
        long length = device.IsSimulated ? 1 << 18 : 1 << 27;
        var from = device.Allocate<ulong>(length);
        var to = device.Allocate<ulong>(length);
        device.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<ulong>>(Fill)(stream, from.IntExtent, from.View.BaseView);
        to.MemSetToZero(stream);
        stream.Synchronize();
        double best = double.PositiveInfinity;
        for (int time = 0; time < 10; time++)
        {
            long start = Stopwatch.GetTimestamp();
            ArrayView<ulong> target = to.View.BaseView;
            target.CopyFrom(stream, from.View.BaseView);
            stream.Synchronize();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        _bytesPerSecond = 2.0 * length * sizeof(ulong) / best;
        var kernel = device.Accelerator.LoadKernel<ArrayView<ulong>>(Nothing);
        var launches = new List<double>();
        for (int time = 0; time < 200; time++)
        {
            long start = Stopwatch.GetTimestamp();
            kernel(stream, new KernelConfig(1, device.Threads), to.View.BaseView);
            stream.Synchronize();
            launches.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        _launchSeconds = launches.Order().ElementAt(launches.Count / 2);
        device.Free(from);
        device.Free(to);
    }

    /// <summary>Numbers that no device can keep or copy in less than their bits.</summary>
    internal static void Fill(Index1D index, ArrayView<ulong> view)
    {
        ulong mixed = ((ulong)index.X + 1) * 0x9E3779B97F4A7C15;
        view[index] = mixed ^ (mixed >> 29);
    }

    internal static void Nothing(ArrayView<ulong> view)
    {
        if (Group.IdxX == 0)
        {
            view[0] = 1;
        }
    }

    private static string Us(double seconds) => double.IsNaN(seconds) ? "" : seconds >= 1e-2 ? $"{seconds * 1e6:N0}" : $"{seconds * 1e6:N1}";

    private sealed record Line(double Resident, double Device, int Launches, long BytesMoved, double Pruned, double Simd, double Scalar)
    {
        /// <summary>Back ends that a plan lacks are NaN.</summary>
        public double BestCpu => new[] { Pruned, Simd, Scalar }.Where(seconds => !double.IsNaN(seconds)).Min();
    }
}
