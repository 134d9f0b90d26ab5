using System.Diagnostics;
using Squelch.GpuScoring;
using Squelch.Policies;

namespace Squelch.GpuCheck;

/// <summary>Compares, then measures.</summary>
internal static class Check
{
    /// <summary>The sizes around the lengths of vectors, groups and bitmap blocks.</summary>
    private static readonly int[] s_edges = [1, 2, 3, 31, 32, 33, 255, 256, 257];

    /// <summary>0 where all victims are the same, 1 where some differ, 3 where there is no device.</summary>
    public static int Run(Arguments arguments)
    {
        try
        {
            return Run(arguments, GpuScorer.Open(new() { Mode = GpuMode.Require, Device = arguments.Device, OnWarning = Console.Error.WriteLine }));
        }
        catch (SquelchException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 3;
        }
    }

    private static int Run(Arguments arguments, GpuScorer gpu)
    {
        using GpuScorer scorer = gpu;
        Console.WriteLine($"device: {gpu.DeviceName}; CPU: {Environment.ProcessorCount} cores, {Scan.Widest}; .NET {Environment.Version}");
        RegisteredPolicy[] policies = [.. PolicyCatalog.From([typeof(Marconi).Assembly]).Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true })];
        int differences = arguments.Comparing ? Compare(arguments, gpu, policies) : 0;
        if (arguments.Timing)
        {
            new TimingTable(gpu, arguments.Sizes).Write([.. policies.Where(policy => policy.Descriptor.Name is nameof(Marconi) or nameof(Hyperbolic))]);
        }

        return differences == 0 ? 0 : 1;
    }

    private static int Compare(Arguments arguments, GpuScorer gpu, RegisteredPolicy[] policies)
    {
        long start = Stopwatch.GetTimestamp();
        var agreement = new Agreement(gpu);
        foreach (RegisteredPolicy policy in policies)
        {
            foreach (int count in s_edges.Concat(arguments.Sizes))
            {
                // The largest columns for the two policies that are measured.
                if (count <= 1_000_000 || policy.Descriptor.Name is nameof(Marconi) or nameof(Hyperbolic))
                {
                    agreement.Columns(policy, count);
                }
            }
        }

        Lab.Trace trace = TraceReader.Load(Path.Combine(AppContext.BaseDirectory, "mooncake-conversation.jsonl.gz"));
        if (arguments.Simulated)
        {
            trace = trace with { Requests = [.. trace.Requests.Take(1_500)] };
        }

        foreach (RegisteredPolicy policy in policies)
        {
            agreement.Replay(policy, trace, arguments.Simulated ? 200_000_000_000 : 1_000_000_000_000);
        }

        Console.WriteLine($"{agreement.Compared} comparisons, {agreement.Differences} differences, {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s");
        return agreement.Differences;
    }
}
