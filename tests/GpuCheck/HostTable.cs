using System.Diagnostics;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>What a selection costs on the host, where no device is needed to see it: opening a batch of chosen rows, and gathering changed ones.</summary>
internal static class HostTable
{
    private const int Size = 1_000_000;

    public static void Write(RegisteredPolicy[] policies, Results results)
    {
        Console.WriteLine();
        Console.WriteLine($"Host parts at {Size:N0} nodes, us, the least of many; the share is that of one scan by the best CPU back end in the same run.");
        Console.WriteLine("| policy | part | us | of a scan |");
        Console.WriteLine("|---|---|--:|--:|");
        foreach (RegisteredPolicy policy in policies)
        {
            var nodes = new Nodes(policy, Size, 1, selector => selector);
            DeviceShape shape = ((IDeviceScored)nodes.Selector).DeviceShape;
            double scan = new[] { Backend.Simd, Backend.Scalar }.Min(backend => Least(5, () => Scan(nodes, backend)));
            Line(policy, "one scan", scan, scan, results);
            if (!shape.Bounded)
            {
                foreach (int wanted in new[] { 1, 64, Size / 100 })
                {
                    int rows = wanted == 1 ? 1 : wanted + 32 + (wanted / 8);
                    Line(policy, $"open a batch of {wanted:N0} of {rows:N0} rows", OfBatch(nodes, shape, rows, wanted), scan, results);
                }
            }

            var changed = new int[Size / 100];
            var random = new Random(2);
            for (int index = 0; index < changed.Length; index++)
            {
                changed[index] = 1 + random.Next(Size);
            }

            var into = new ulong[changed.Length * (shape.Columns + 2)];
            Line(policy, $"gather {changed.Length:N0} changed rows", Least(50, () => nodes.Selector.CopyRows(changed, shape.Columns, into)), scan, results);
        }
    }

    private static void Scan(Nodes nodes, Backend backend)
    {
        try
        {
            nodes.Selector.SelectBy(backend, nodes.Now);
        }
        catch (NotSupportedException)
        {
            nodes.Selector.SelectBy(Backend.Scalar, nodes.Now);
        }
    }

    private static double OfBatch(Nodes nodes, DeviceShape shape, int rows, int wanted)
    {
        var batch = new VictimBatch(nodes.Selector, shape);
        batch.Grow(nodes.Table.Capacity);
        for (int term = 0; term < batch.Scales.Length; term++)
        {
            batch.Scales[term] = new(0, 1);
        }

        // Keys as a device leaves them: in any order, those of the lowest rows close together.
        var random = new Random(3);
        var chosen = new ulong[2 * rows];
        for (int index = 0; index < rows; index++)
        {
            chosen[2 * index] = (ulong)(1 + index);
            chosen[(2 * index) + 1] = OrderKey.Of(1 + (random.NextDouble() / 100));
        }

        return Least(50, () => batch.Open(nodes.Now, chosen, wanted));
    }

    private static double Least(int times, Action action)
    {
        double least = double.PositiveInfinity;
        for (int time = 0; time < times; time++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return least;
    }

    private static void Line(RegisteredPolicy policy, string part, double seconds, double scan, Results results)
    {
        Console.WriteLine($"| {policy.Descriptor.Name} | {part} | {seconds * 1e6:N1} | {100 * seconds / scan:N2} % |");
        results.Add("host", new { policy = policy.Descriptor.Name, part, seconds });
    }
}
