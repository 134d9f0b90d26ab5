using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Squelch.Tests.Golden;

/// <summary>The traces of the golden cases: small ones are stored, the others are made by their seeded generator.</summary>
internal static partial class GoldenTraces
{
    private static readonly ConcurrentDictionary<string, Lazy<Lab.Trace>> Loaded = new();

    public static Lab.Trace Load(string name) => Loaded.GetOrAdd(name, key => new(() => Read(key))).Value;

    private static Lab.Trace Read(string name)
    {
        string stored = Path.Combine(GoldenCase.Folder, "traces", name + ".jsonl.gz");
        return TraceReader.Load(File.Exists(stored) ? stored : Generate(name));
    }

    private static string Generate(string name)
    {
        Match parts = Parts().Match(name);
        string folder = Path.Combine(Path.GetTempPath(), "squelch-golden-traces");
        Directory.CreateDirectory(folder);
        string file = Path.Combine(folder, name + ".jsonl");
        if (File.Exists(file))
        {
            return file;
        }

        string scratch = Directory.CreateTempSubdirectory("squelch-golden-").FullName;
        string[] arguments =
        [
            Path.Combine(GoldenCase.Folder, "gen_trace.py"), "--family", parts.Groups["family"].Value, "--size", parts.Groups["size"].Value,
            "--sps", parts.Groups["sps"].Value, "--art", parts.Groups["art"].Success ? parts.Groups["art"].Value : 7.5.ToString(CultureInfo.InvariantCulture), "--out", scratch,
        ];
        using Process python = Process.Start(new ProcessStartInfo("python3", arguments) { RedirectStandardOutput = true })!;
        python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        File.Move(Path.Combine(scratch, name + ".jsonl"), file, overwrite: true);
        return file;
    }

    [GeneratedRegex(@"^(?<family>\w+)-(?<size>\w+)_sps=(?<sps>[\d.]+)(_art=(?<art>[\d.]+))?_nums=\d+$")]
    private static partial Regex Parts();
}
