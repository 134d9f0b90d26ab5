namespace Squelch.Tests;

/// <summary>
/// Where the data of the tests and benchmarks is: the folder that a variable names, then the repository's own, then the folder <c>shared</c> beside the
/// clone (or above it). Sets that are too large for the repository, or not ours to pass on, are in the first or the last alone.
/// </summary>
internal static class SharedData
{
    /// <summary>The repository's root, above the test's own assembly: source paths are not to be had in a deterministic build.</summary>
    public static string Repository { get; } = Up(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "Squelch.slnx")));

    /// <summary>Golden results: those of SQUELCH_GOLDEN alone, or the repository's and those beside it.</summary>
    public static IReadOnlyList<string> GoldenFolders { get; } = Named("SQUELCH_GOLDEN") is { } named ? [named] : [.. Own("tests", "Golden"), .. Beside("golden")];

    /// <summary>A file of the golden results, their specification or the makers of their traces; null where it is not there.</summary>
    public static string? Golden(string relative) => First([.. GoldenFolders, .. Own("tests", "Golden")], relative);

    /// <summary>A trace of a real service or agent, or null where it is not there.</summary>
    public static string? Trace(string file) => First([.. Named("SQUELCH_TRACES") is { } named ? [named] : Array.Empty<string>(), .. Own("Tool", "Traces"), .. Beside("traces")], file);

    /// <summary>What to say of a test that is skipped for want of a file.</summary>
    public static string Missing(string file, string variable) => $"{file} is not in the repository; {variable} names the folder that has it (see tests/Golden/README.md)";

    private static string? First(IEnumerable<string> folders, string relative)
        => folders.Select(folder => Path.Combine(folder, relative)).FirstOrDefault(File.Exists);

    private static string? Named(string variable)
        => Environment.GetEnvironmentVariable(variable) is not { Length: > 0 } folder ? null
            : Directory.Exists(folder) ? Path.GetFullPath(folder)
            : throw new DirectoryNotFoundException($"{variable} names '{folder}', which is no folder: correct it or unset it.");

    private static string[] Own(params string[] parts) => [Path.Combine([Repository, .. parts])];

    private static IEnumerable<string> Beside(string name) => Up(Repository).Select(folder => Path.Combine(folder, "shared", name)).Where(Directory.Exists).Take(1);

    private static IEnumerable<string> Up(string folder)
    {
        for (string? up = Path.GetFullPath(folder); up is not null; up = Path.GetDirectoryName(up))
        {
            yield return up;
        }
    }
}
