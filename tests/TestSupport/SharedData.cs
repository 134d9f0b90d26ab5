namespace Squelch.Tests;

/// <summary>Files of the repository, and the golden results and traces in the folder shared beside it (or above).</summary>
internal static class SharedData
{
    /// <summary>The repository's root, above the test's own assembly: source paths are not to be had in a deterministic build.</summary>
    public static string Repository { get; } = Up(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "Squelch.slnx")));

    /// <summary>A file or folder of shared, or null where it is not there.</summary>
    public static string? Find(string relative)
        => Up(Repository).Select(folder => Path.Combine(folder, "shared", relative)).FirstOrDefault(path => File.Exists(path) || Directory.Exists(path));

    private static IEnumerable<string> Up(string folder)
    {
        for (string? up = Path.GetFullPath(folder); up is not null; up = Path.GetDirectoryName(up))
        {
            yield return up;
        }
    }
}
