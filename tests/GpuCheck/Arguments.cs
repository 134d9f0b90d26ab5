using System.Globalization;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The command line.</summary>
/// <param name="Device">The device's number or name, or null for the first GPU.</param>
/// <param name="Sizes">Numbers of nodes.</param>
/// <param name="Timing">Whether the table is measured.</param>
/// <param name="Comparing">Whether victims are compared.</param>
internal sealed record Arguments(string? Device, int[] Sizes, bool Timing, bool Comparing = true)
{
    private const string Help = """
        GpuCheck: compares the victims of a GPU with those of the CPU, then measures both.

          --cpu-only           run the kernels on ILGPU's simulator, at sizes it can do; no table
          --device n|name      the GPU, by number or a part of its name; without it, the first
          --sizes 1000,100000  numbers of nodes, instead of 1000,10000,100000,1000000,10000000
          --no-table           only compare
          --table-only         only measure
        """;

    /// <summary>True for the simulator.</summary>
    public bool Simulated => Device == GpuOptions.Simulator;

    /// <summary>Null where the arguments cannot be.</summary>
    public static Arguments? Parse(string[] args)
    {
        var arguments = new Arguments(null, [1_000, 10_000, 100_000, 1_000_000, 10_000_000], true);
        for (int at = 0; at < args.Length; at++)
        {
            string? value = at + 1 < args.Length ? args[at + 1] : null;
            switch (args[at])
            {
                case "--cpu-only":
                    arguments = new(GpuOptions.Simulator, [1_000, 5_000], false);
                    break;
                case "--no-table":
                    arguments = arguments with { Timing = false };
                    break;
                case "--table-only":
                    arguments = arguments with { Comparing = false };
                    break;
                case "--device" when value is not null:
                    arguments = arguments with { Device = args[++at] };
                    break;
                case "--sizes" when value is not null && ParseSizes(value) is { } sizes:
                    arguments = arguments with { Sizes = sizes };
                    at++;
                    break;
                default:
                    return null;
            }
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
