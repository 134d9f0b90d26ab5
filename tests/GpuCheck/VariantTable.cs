using ILGPU;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The same selection under other settings of compiler and grid, in one process.</summary>
internal sealed class VariantTable(Func<DeviceVariant, GpuScorer> open, Results results)
{
    public void Write(RegisteredPolicy[] policies, int size)
    {
        Console.WriteLine();
        Console.WriteLine($"Variants: us of a selection of one victim among {size:N0} nodes, none of which has changed");
        Console.WriteLine("| policy | optimised | groups per multiprocessor | threads | resident |");
        Console.WriteLine("|---|---|--:|--:|--:|");
        foreach (RegisteredPolicy policy in policies)
        {
            foreach (DeviceVariant variant in from level in new[] { OptimizationLevel.O1, OptimizationLevel.O2 }
                                              from groups in new[] { 4, 8, 16 }
                                              from threads in new[] { 128, 256 }
                                              select new DeviceVariant(level, groups, threads))
            {
                string what = $"{policy.Descriptor.Name}, {variant}";
                if (results.HasTimeFor(what))
                {
                    results.Try(what, () => Measure(policy, variant, size));
                }
            }
        }
    }

    private static string Level(DeviceVariant variant) => variant.Level == OptimizationLevel.O1 ? "O1" : "O2";

    private void Measure(RegisteredPolicy policy, DeviceVariant variant, int size)
    {
        using GpuScorer gpu = open(variant);
        using var rows = new Rows(gpu, policy, size);
        double[] seconds = [.. Enumerable.Range(0, 30).Select(_ => rows.Resident(1)).Order()];
        double median = seconds[seconds.Length / 2];
        Console.WriteLine($"| {policy.Descriptor.Name} | {Level(variant)} | {variant.GroupsPerProcessor} | {variant.Threads} | {median * 1e6:N1} |");
        results.Add("variant", new { policy = policy.Descriptor.Name, size, level = Level(variant), variant.GroupsPerProcessor, variant.Threads, seconds = median });
    }
}
