using System.Collections.Concurrent;
using System.Diagnostics;

namespace Squelch.Policies.Tests.Keys;

/// <summary>The seeded check traces of golden/zipf, made by their generators.</summary>
internal static class ZipfTrace
{
    private static readonly ConcurrentDictionary<string, Lazy<KeyRequest[]>> Loaded = new();

    public static KeyRequest[] Load(string name) => Loaded.GetOrAdd(name, key => new(() => [.. KeyTraceReader.Read(Make(key))])).Value;

    private static string Make(string name)
    {
        string folder = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "squelch-golden-traces")).FullName;
        string file = Path.Combine(folder, name + ".oracleGeneral.bin");
        if (!File.Exists(file))
        {
            string script = SharedData.Find($"golden/zipf/{name}.py") ?? throw new InvalidOperationException("shared/golden/zipf is missing beside the repository");
            string scratch = Directory.CreateTempSubdirectory("squelch-zipf-").FullName;
            using Process python = Process.Start(new ProcessStartInfo("python3", [script, scratch]) { RedirectStandardOutput = true })!;
            python.StandardOutput.ReadToEnd();
            python.WaitForExit();
            Assert.Equal(0, python.ExitCode);
            File.Move(Path.Combine(scratch, name + ".oracleGeneral.bin"), file, overwrite: true);
            Directory.Delete(scratch, recursive: true);
        }

        return file;
    }
}
