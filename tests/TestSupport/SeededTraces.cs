using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace Squelch.Tests;

/// <summary>The files of the seeded Python generators of tests/Golden, made once per machine.</summary>
internal static partial class SeededTraces
{
    /// <summary>The trace of a golden case, such as <c>agent-medium_sps=1_art=7.5_nums=40</c>: stored beside the results, or made by what its name says.</summary>
    public static string Golden(string name)
    {
        if (SharedData.Golden(Path.Combine("traces", name + ".jsonl.gz")) is { } stored)
        {
            return stored;
        }

        GroupCollection parts = Parts().Match(name).Groups;
        string[] art = parts["art"].Success ? ["--art", parts["art"].Value] : [];
        return Made("gen_trace.py", name + ".jsonl", scratch => ["--family", parts["family"].Value, "--size", parts["size"].Value, "--sps", parts["sps"].Value, .. art, "--out", scratch]);
    }

    /// <summary>A trace of a million keys: <c>zipf1</c> or <c>zipf2drift</c>.</summary>
    public static string Zipf(string name) => Made(Path.Combine("zipf", name + ".py"), name + ".oracleGeneral.bin", scratch => [scratch]);

    /// <summary>Runs a script of the golden folder and gives what it printed.</summary>
    public static string Python(string script, IEnumerable<string> arguments)
    {
        using Process python = Process.Start(new ProcessStartInfo("python3", [Script(script), .. arguments]) { RedirectStandardOutput = true })!;
        string output = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        return python.ExitCode == 0 ? output : throw new InvalidOperationException($"python3 {script} {string.Join(' ', arguments)} failed with exit code {python.ExitCode}");
    }

    private static string Script(string script) => SharedData.Golden(script) ?? throw new FileNotFoundException($"tests/Golden/{script} is missing");

    /// <summary>A file of one version of a script is never taken for another's. Several test programs may make it at once: the last one stays, and all are equal.</summary>
    private static string Made(string script, string file, Func<string, string[]> arguments)
    {
        string version = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Script(script))))[..8];
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), $"squelch-{Path.GetFileNameWithoutExtension(script)}-{version}")).FullName;
        string made = Path.Combine(folder, file);
        if (!File.Exists(made))
        {
            string scratch = Directory.CreateTempSubdirectory("squelch-seeded-").FullName;
            Python(script, arguments(scratch));
            File.Move(Path.Combine(scratch, file), made, overwrite: true);
            Directory.Delete(scratch, recursive: true);
        }

        return made;
    }

    [GeneratedRegex(@"^(?<family>\w+)-(?<size>\w+)_sps=(?<sps>[\d.]+)(_art=(?<art>[\d.]+))?_nums=\d+$")]
    private static partial Regex Parts();
}
