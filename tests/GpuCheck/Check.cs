using System.Diagnostics;
using Squelch.GpuScoring;
using Squelch.Policies;

namespace Squelch.GpuCheck;

/// <summary>Compares, then measures.</summary>
internal static class Check
{
    /// <summary>The sizes around the lengths of vectors, groups and bitmap blocks.</summary>
    private static readonly int[] s_edges = [1, 2, 3, 31, 32, 33, 255, 256, 257];

    /// <summary>0 where all victims are the same, 1 where some differ or something failed, 2 where there is no such policy, 3 where there is no device.</summary>
    public static int Run(Arguments arguments)
    {
        RegisteredPolicy[] known = [.. PolicyCatalog.From([typeof(Marconi).Assembly]).Policies.Where(policy => policy.Descriptor.Device is { HasKernel: true } && (!arguments.BuildTime || PtxText.Selector(policy).Ptx is not null))];
        RegisteredPolicy[] policies = [.. known.Where(policy => arguments.Policies?.Contains(policy.Descriptor.Name, StringComparer.OrdinalIgnoreCase) != false)];
        if (policies.Length < (arguments.Policies?.Length ?? 1))
        {
            Console.Error.WriteLine($"error: --policies names one that has no kernel; there are {string.Join(", ", known.Select(policy => policy.Descriptor.Name))}.");
            return 2;
        }

        try
        {
            using var results = new Results(arguments.Out, arguments.Budget);
            if (arguments.Ptx is { } folder)
            {
                Console.WriteLine($"{PtxText.Write(folder, policies, DeviceVariant.Usual.Level)} files of kernels written to {folder}.");
                return 0;
            }

            if (arguments.HostOnly)
            {
                HostTable.Write(Measured(arguments, policies), results);
                return 0;
            }

            long start = Stopwatch.GetTimestamp();
            using GpuScorer gpu = Open(arguments, DeviceVariant.Usual);
            var nodes = new Nodes(policies[0], 100, 1, gpu.Accelerate);
            Console.WriteLine($"{gpu.DeviceName}: {nodes.Selector.CandidateCount} nodes of {policies[0].Descriptor.Name} are ready for the first selection after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:N0} ms");
            return Run(arguments, gpu, policies, results);
        }
        catch (SquelchException exception)
        {
            Console.Error.WriteLine($"error: {exception.Message}");
            return 3;
        }
    }

    private static GpuScorer Open(Arguments arguments, DeviceVariant variant)
        => GpuScorer.Open(new() { Mode = GpuMode.Require, Kernels = arguments.BuildTime ? GpuKernels.BuildTime : GpuKernels.RunTime, Device = arguments.Device, OnWarning = Console.Error.WriteLine }, variant);

    private static int Run(Arguments arguments, GpuScorer gpu, RegisteredPolicy[] policies, Results results)
    {
        // ILGPU measures the device; without it there is no table either.
        DeviceFacts? facts = gpu.Device is { } device ? DeviceFacts.Measure(device) : null;
        Console.WriteLine($"{facts}");
        Console.WriteLine($"CPU: {Environment.ProcessorCount} cores, {Scan.Widest}; .NET {Environment.Version}");
        results.Add("device", (object?)facts ?? new { gpu.DeviceName });
        var agreement = new Agreement(gpu, results);

        // A device that cannot choose among 33 nodes need not be asked for more.
        if (!results.Try("smoke test", () => agreement.Columns(policies[0], 33)) || agreement.Differences > 0)
        {
            Console.WriteLine("The smoke test failed; nothing else was done.");
            return 1;
        }

        if (arguments.Comparing)
        {
            Compare(arguments, agreement, policies, results);
            Console.WriteLine($"{agreement.Compared} comparisons, {agreement.Differences} differences, {results.Elapsed.TotalSeconds:N0} s");
        }

        RegisteredPolicy[] measured = Measured(arguments, policies);
        if (arguments.Timing && facts is not null)
        {
            new TimingTable(gpu, facts, arguments.Sizes, results).Write(measured);
        }

        if (arguments.Variants)
        {
            new VariantTable(variant => Open(arguments, variant), results).Write(measured, arguments.Simulated ? 10_000 : 1_000_000);
        }

        return agreement.Differences + results.Errors == 0 ? 0 : 1;
    }

    private static RegisteredPolicy[] Measured(Arguments arguments, RegisteredPolicy[] policies)
        => arguments.Policies is null ? [.. policies.Where(policy => policy.Descriptor.Name is nameof(Marconi) or nameof(Hyperbolic))] : policies;

    private static void Compare(Arguments arguments, Agreement agreement, RegisteredPolicy[] policies, Results results)
    {
        Lab.Trace trace = TraceReader.Load(Path.Combine(AppContext.BaseDirectory, "mooncake-conversation.jsonl.gz"));
        if (arguments.Simulated)
        {
            trace = trace with { Requests = [.. trace.Requests.Take(1_500)] };
        }

        foreach (RegisteredPolicy policy in policies)
        {
            string name = policy.Descriptor.Name;
            foreach (int count in s_edges)
            {
                if (results.HasTimeFor($"{name}, small columns"))
                {
                    results.Try($"{name}, {count} nodes", () => agreement.Columns(policy, count));
                }
            }

            if (results.HasTimeFor($"{name}, replay"))
            {
                results.Try($"{name}, replay", () => agreement.Replay(policy, trace, arguments.Simulated ? 200_000_000_000 : 1_000_000_000_000));
            }
        }

        // Great columns take long to make: after all policies have been seen with small ones.
        foreach (int count in arguments.Sizes.Where(size => size <= 1_000_000).Order())
        {
            foreach (RegisteredPolicy policy in policies)
            {
                if (results.HasTimeFor($"{policy.Descriptor.Name}, {count:N0} nodes"))
                {
                    results.Try($"{policy.Descriptor.Name}, {count} nodes", () => agreement.Columns(policy, count));
                }
            }
        }
    }
}
