namespace Squelch.Tool;

/// <summary>What a path leads to, however it is spelled.</summary>
internal static class RealPath
{
    private const int MostLinks = 40;

    /// <summary>Equal names mean one file.</summary>
    public static StringComparer Comparer { get; } = OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase;

    /// <summary>The full path without links, dots and double dots. Devices stay as they are.</summary>
    public static string Of(string path) => Of(path, 0);

    /// <summary>True for what is written to directly: devices, pipes and open files.</summary>
    public static bool IsDevice(string path)
        => !OperatingSystem.IsWindows()
            && (path.StartsWith("/dev/", StringComparison.Ordinal) || path.StartsWith("/proc/", StringComparison.Ordinal))
            && !path.StartsWith("/dev/shm/", StringComparison.Ordinal);

    /// <summary>True for <c>-</c> and for the names that the system has for standard output.</summary>
    public static bool IsStandardOutput(string path)
        => path == StandardOutput.Name || (!OperatingSystem.IsWindows() && path is "/dev/stdout" or "/dev/fd/1" or "/proc/self/fd/1");

    private static string Of(string path, int links)
    {
        if (links > MostLinks)
        {
            // In circles: whoever opens it hears of it.
            return path;
        }

        // Not made full first: a double dot after a link leaves the folder that the link leads to.
        string start = Path.IsPathFullyQualified(path) ? path : Path.Combine(Environment.CurrentDirectory, path);
        string place = Path.GetPathRoot(start) ?? "";
        foreach (string part in start[place.Length..].Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))
        {
            string next = Path.Combine(place, part);
            place = part == "." ? place
                : part == ".." ? Path.GetDirectoryName(place) ?? place
                : IsDevice(next) ? next
                : new FileInfo(next).LinkTarget is { } target ? Of(Path.Combine(place, target), links + 1)
                : next;
        }

        return place;
    }
}
