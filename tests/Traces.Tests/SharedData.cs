using System.Runtime.CompilerServices;

namespace Squelch.Tests;

/// <summary>Files beside the repository, found by walking up from this source file; and files of the repository itself.</summary>
internal static class SharedData
{
    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static string? Find(string relative)
    {
        for (string? folder = Repository; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, "shared", relative);
            if (File.Exists(path) || Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
