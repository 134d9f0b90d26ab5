namespace Squelch.Tool;

/// <summary>Traces that are given by the folder.</summary>
internal static class TraceFolders
{
    private static readonly string[] s_extensions = [".gz", ".zst", ".jsonl", ".json"];

    /// <summary>The files, and those of the folders, by name; no two of one name, since results are called by it.</summary>
    /// <exception cref="UsageException">A folder has no trace, or two files have one name.</exception>
    public static IReadOnlyList<string> Files(IEnumerable<string> paths)
    {
        string[] files = [.. paths.SelectMany(path => Directory.Exists(path) ? OfFolder(path) : [path]).DistinctBy(RealPath.Of, RealPath.Comparer)];
        return files.GroupBy(TraceReader.NameOf, RealPath.Comparer).FirstOrDefault(same => same.Count() > 1) is { } taken
            ? throw new UsageException($"the traces '{taken.First()}' and '{taken.Last()}' would have one name in the results; give one of the files another name")
            : files;
    }

    private static string[] OfFolder(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder).Where(file => s_extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new UsageException($"the folder '{folder}' has no trace: no file in it ends in {string.Join(", ", s_extensions)}");
    }
}
