using System.Diagnostics;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>Microseconds per selection on the device and on the CPU, as ratios of one run. A hundredth of the rows changes before each selection.</summary>
internal sealed class TimingTable(GpuScorer gpu, DeviceFacts facts, int[] sizes, Results results)
{
    /// <summary>For one figure of the device.</summary>
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(0.3);

    /// <summary>For one figure of the CPU, which few repetitions tell well enough.</summary>
    private static readonly TimeSpan s_cpuBudget = TimeSpan.FromSeconds(0.2);

    /// <summary>Above it, the CPU's time is that of so many nodes, grown in proportion.</summary>
    private const int MostOnCpu = 1_000_000;

    public void Write(RegisteredPolicy[] policies)
    {
        Console.WriteLine();
        Console.WriteLine("us per selection. Resident: no row has changed; with update: a hundredth of the rows has. Of bandwidth, and over the ideal of bytes read / bandwidth + 2 launches: one victim, resident, were all rows read. ~: from fewer nodes.");
        Console.WriteLine();
        Console.WriteLine("| policy | nodes | victims | resident | with update | launches | bytes moved | of bandwidth | over ideal | CPU pruned | CPU SIMD | CPU scalar | best CPU / with update |");
        Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        var single = policies.ToDictionary(policy => policy, _ => new List<(int Nodes, double Device, double Cpu)>());
        foreach (int size in sizes)
        {
            foreach (RegisteredPolicy policy in policies)
            {
                if (!results.HasTimeFor($"{policy.Descriptor.Name}, {size:N0} nodes, measured"))
                {
                    continue;
                }

                results.Try($"{policy.Descriptor.Name}, {size} nodes, measured", () =>
                {
                    using var rows = new Rows(gpu, policy, size);
                    foreach (int victims in new[] { 1, Math.Min(64, size), size / 100 }.Where(victims => victims > 0).Distinct())
                    {
                        Line line = Measure(policy, rows, size, victims);
                        Console.WriteLine(Text(policy, rows, size, victims, line));
                        results.Add("timing", new { policy = policy.Descriptor.Name, size, victims, line.Resident, line.Device, line.Launches, line.BytesMoved, cpu = line.BestCpu, read = rows.BytesRead(size) });
                        if (victims == 1)
                        {
                            single[policy].Add((size, line.Device, line.BestCpu));
                        }
                    }

                    Steps(policy, rows, size);
                });
            }
        }

        foreach ((RegisteredPolicy policy, List<(int Nodes, double Device, double Cpu)> lines) in single.Where(pair => pair.Value.Count > 0))
        {
            Console.WriteLine($"{policy.Descriptor.Name}: {Crossing([.. lines.OrderBy(line => line.Nodes)])}");
        }
    }

    private Line Measure(RegisteredPolicy policy, Rows rows, int size, int victims)
    {
        double device = Median(rows, () => rows.OnDevice(victims));
        double resident = Median(rows, () => rows.Resident(victims));
        int launches = rows.Launches(victims);
        long moved = rows.BytesMoved(victims);
        if (size <= MostOnCpu)
        {
            return new(resident, device, launches, moved, Cpu(rows, Backend.Pruned, victims), Cpu(rows, Backend.Simd, victims), Cpu(rows, Backend.Scalar, victims), 1);
        }

        using var fewer = new Rows(gpu, policy, MostOnCpu);
        double times = (double)size / MostOnCpu;
        return new(
            resident, device, launches, moved, times * Cpu(fewer, Backend.Pruned, victims), times * Cpu(fewer, Backend.Simd, victims), times * Cpu(fewer, Backend.Scalar, victims), times);
    }

    private static double Cpu(Rows rows, Backend backend, int victims)
    {
        rows.Change();
        rows.OnCpu(backend, 1, s_cpuBudget);
        rows.Change();
        return rows.OnCpu(backend, victims, s_cpuBudget);
    }

    /// <summary>Where the time of a selection goes: each step is waited for, so a launch's end is in each.</summary>
    private void Steps(RegisteredPolicy policy, Rows rows, int size)
    {
        GpuDevice device = gpu.Device!;
        foreach (int victims in new[] { 1, Math.Min(64, size) }.Distinct())
        {
            var times = new List<(string Step, double Seconds)>();
            string step = "host gather";
            rows.Change();
            long start = Stopwatch.GetTimestamp();
            void Note(string next)
            {
                device.Accelerator.Synchronize();
                times.Add((step, Stopwatch.GetElapsedTime(start).TotalSeconds));
                step = next;
                start = Stopwatch.GetTimestamp();
            }

            device.Probe = now => Note(now == DeviceStep.Launch ? device.Launching : now.ToString());
            try
            {
                rows.OnDevice(victims);
                Note("");
            }
            finally
            {
                device.Probe = null;
            }

            string text = string.Join(", ", times.Select(time => $"{time.Step} {Us(time.Seconds)}"));
            Console.WriteLine($"Steps of {policy.Descriptor.Name}, {size:N0} nodes, {victims} victims, us, each waited for: {text}");
            results.Add("steps", new { policy = policy.Descriptor.Name, size, victims, steps = times.Select(time => new { time.Step, time.Seconds }) });
        }
    }

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
        double ideal = (read / facts.CopyBytesPerSecond) + (2 * facts.LaunchSeconds);
        string bandwidth = victims == 1 ? $"{100 * read / facts.CopyBytesPerSecond / line.Resident:N0} %" : "";
        string over = victims == 1 ? $"{line.Resident / ideal:N1}x" : "";
        return $"| {policy.Descriptor.Name} | {size:N0} | {victims:N0} | {Us(line.Resident)} | {Us(line.Device)} | {line.Launches} | {line.BytesMoved:N0} | {bandwidth} | {over} "
            + $"| {line.About}{Us(line.Pruned)} | {line.About}{Us(line.Simd)} | {line.About}{Us(line.Scalar)} | {line.BestCpu / line.Device:N2}x |";
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

    private static string Us(double seconds) => double.IsNaN(seconds) ? "" : seconds >= 1e-2 ? $"{seconds * 1e6:N0}" : $"{seconds * 1e6:N1}";

    private sealed record Line(double Resident, double Device, int Launches, long BytesMoved, double Pruned, double Simd, double Scalar, double Grown)
    {
        /// <summary>A sign before what was measured with fewer nodes.</summary>
        public string About => Grown > 1 ? "~" : "";

        /// <summary>Back ends that a plan lacks are NaN.</summary>
        public double BestCpu => new[] { Pruned, Simd, Scalar }.Where(seconds => !double.IsNaN(seconds)).Min();
    }
}
