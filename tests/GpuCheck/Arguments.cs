using System.Globalization;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    private const string Help = """
        GpuCheck: compares the victims of a GPU with those of the CPU, then measures both.

          --cpu-only            run the kernels on ILGPU's simulator, at sizes it can do; no table
          --device n|name       the GPU, by number or a part of its name; without it, the first
          --policies a,b        these alone; without it, all are compared, Marconi and Hyperbolic are measured
          --sizes 1000,100000   numbers of nodes, in the order in which they are done, instead of 1000000,10000000,100000,10000,1000
          --budget seconds      stop after so long, between two results; what was left out is said
          --out folder          one line of JSON per result, written as it comes, in results.jsonl there
          --no-table            only compare
          --table-only          only measure
          --ptx folder          write the kernels as the driver would get them, for assemble.sh; needs no GPU
          --host-only           measure what a selection costs on the host; needs no GPU
          --build-time          compare with the kernels that the policy compiler wrote, which the driver loads without ILGPU; no table
          --variants            measure compilers' levels, groups per multiprocessor and threads per group too
        """;

    /// <summary>The device's number or name, or null for the first GPU.</summary>
    public string? Device { get; init; }

    /// <summary>The policies by name; null for all.</summary>
    public string[]? Policies { get; init; }

    /// <summary>Numbers of nodes, what tells most first.</summary>
    public int[] Sizes { get; init; } = [1_000_000, 10_000_000, 100_000, 10_000, 1_000];

    /// <summary>When to stop; null for never.</summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Where results are kept; null for nowhere.</summary>
    public string? Out { get; init; }

    /// <summary>Whether the table is measured.</summary>
    public bool Timing { get; init; } = true;

    /// <summary>Whether victims are compared.</summary>
    public bool Comparing { get; init; } = true;

    /// <summary>Where the kernels are written, in place of all else; null for nowhere.</summary>
    public string? Ptx { get; init; }

    /// <summary>Whether the host's parts alone are measured.</summary>
    public bool HostOnly { get; init; }

    /// <summary>Whether kernels are those that the policy compiler wrote.</summary>
    public bool BuildTime { get; init; }

    /// <summary>Whether variants are measured.</summary>
    public bool Variants { get; init; }

    /// <summary>True for the simulator.</summary>
    public bool Simulated => Device == GpuOptions.Simulator;

    /// <summary>Null where the arguments cannot be.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments();
        for (int at = 0; at < args.Length; at++)
        {
            string? value = at + 1 < args.Length ? args[at + 1] : null;
            Arguments? next = args[at] switch
            {
                "--cpu-only" => arguments with { Device = GpuOptions.Simulator, Sizes = [1_000, 5_000], Timing = false },
                "--no-table" => arguments with { Timing = false },
                "--table-only" => arguments with { Comparing = false },
                "--build-time" => arguments with { BuildTime = true, Timing = false },
                "--host-only" => arguments with { HostOnly = true },
                "--variants" => arguments with { Variants = true },
                _ => null,
            };
            if (next is null && value is not null)
            {
                at++;
                next = args[at - 1] switch
                {
                    "--device" => arguments with { Device = value },
                    "--policies" => arguments with { Policies = value.Split(',') },
                    "--ptx" => arguments with { Ptx = value },
                    "--out" => arguments with { Out = value },
                    "--sizes" when ParseSizes(value) is { } sizes => arguments with { Sizes = sizes },
                    "--budget" when double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
                        => arguments with { Budget = TimeSpan.FromSeconds(seconds) },
                    _ => null,
                };
            }

            if (next is null)
            {
                return null;
            }

            arguments = next;
        }

        return arguments;
    }

    /// <summary>Says how to call the program.</summary>
    public static int Refuse()
    {
        Console.Error.WriteLine(Help);
        return 2;
    }

    private static int[]? ParseSizes(string text)
    {
        var sizes = new List<int>();
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int size) || size is < 1 or > 100_000_000)
            {
                return null;
            }

            sizes.Add(size);
        }

        return [.. sizes];
    }
}
