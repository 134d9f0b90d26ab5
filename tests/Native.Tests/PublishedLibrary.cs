using System.Text.RegularExpressions;

namespace Squelch.Native.Tests;

/// <summary>
/// The library as it is published: one per instruction set that this processor has. SQUELCH_NATIVE names a folder that has them already; else they are
/// published once, which takes a minute.
/// </summary>
public sealed partial class PublishedLibrary : IDisposable
{
    private readonly string? _own;

    public PublishedLibrary()
    {
        string? ready = Environment.GetEnvironmentVariable("SQUELCH_NATIVE");
        Levels = [.. Enumerable.Range(2, CpuLevel - 1)];
        if (!string.IsNullOrEmpty(ready))
        {
            Folder = ready;
            return;
        }

        Folder = _own = Directory.CreateTempSubdirectory("squelch-native-").FullName;
        (int code, string output) = CProgram.Run("bash", [Path.Combine(SharedData.Repository, "Native", "publish.sh"), Folder, .. Levels.Select(level => $"{level}")]);
        Assert.True(code == 0, output);
        Warnings = [.. output.Split('\n').Where(line => line.Contains("warning", StringComparison.OrdinalIgnoreCase))];
    }

    public static int CpuLevel { get; } = LevelOf(File.Exists("/proc/cpuinfo") ? File.ReadAllText("/proc/cpuinfo") : "");

    public string Folder { get; }

    public int[] Levels { get; }

    public string[] Warnings { get; } = [];

    public string Of(int level) => Path.Combine(Folder, $"libsquelch.x86-64-v{level}.so");

    public void Dispose()
    {
        if (_own is not null)
        {
            Directory.Delete(_own, recursive: true);
        }
    }

    private static int LevelOf(string cpuinfo)
    {
        HashSet<string> flags = [.. FlagsPattern().Match(cpuinfo).Groups[1].Value.Split(' ')];
        bool Has(params ReadOnlySpan<string> names)
        {
            foreach (string name in names)
            {
                if (!flags.Contains(name))
                {
                    return false;
                }
            }

            return true;
        }

        return !Has("sse4_2", "popcnt", "cx16", "ssse3") ? 1
            : !Has("avx2", "bmi1", "bmi2", "fma", "f16c", "movbe", "abm") ? 2
            : !Has("avx512f", "avx512dq", "avx512cd", "avx512bw", "avx512vl") ? 3 : 4;
    }

    [GeneratedRegex(@"^flags\s*: (.*)$", RegexOptions.Multiline)]
    private static partial Regex FlagsPattern();
}

/// <summary>The tests that need it publish it once.</summary>
[CollectionDefinition(Name)]
public sealed class PublishedCollection : ICollectionFixture<PublishedLibrary>
{
    public const string Name = "published library";
}
