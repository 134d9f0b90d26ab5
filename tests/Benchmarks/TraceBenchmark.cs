using System.Globalization;
using System.Runtime.CompilerServices;

namespace Squelch.Benchmarks;

/// <summary>Reading a trace of JSON lines from a file in the page cache, one core, beside just reading its bytes.</summary>
internal static class TraceBenchmark
{
    public static void Run()
    {
        string file = ReplayBenchmark.MediumTrace();
        double megabytes = new FileInfo(file).Length / 1e6;
        double[] seconds = Timing.Median(5, () => TraceReader.Load(file), () => Consume(File.ReadAllBytes(file)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Reading {Path.GetFileName(file)} ({megabytes:0} MB of JSON), one core"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| trace reader | {megabytes / seconds[0]:0} MB/s |"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| bytes alone | {megabytes / seconds[1]:0} MB/s |"));
        Console.WriteLine();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Consume(byte[] bytes) => GC.KeepAlive(bytes);
}
