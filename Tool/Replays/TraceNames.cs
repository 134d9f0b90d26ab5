namespace Squelch.Tool;

/// <summary>Names that tell the traces of one command apart.</summary>
internal static class TraceNames
{
    private const string Between = "-";

    /// <summary>The traces, where several files have one name with as much of their paths in it as is needed: <c>monday-chat.jsonl</c>.</summary>
    /// <param name="traces">With where they were read from, each from another place.</param>
    /// <exception cref="UsageException">Not even whole paths differ.</exception>
    public static IReadOnlyList<Trace> Distinct(IReadOnlyList<(string Path, Trace Trace)> traces)
    {
        string[][] parts = [.. traces.Select(trace => RealPath.Of(trace.Path).Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries))];
        string[] names = [.. traces.Select(trace => trace.Trace.Name)];
        for (int used = 1; Shared(names) is { Count: > 0 } shared; used++)
        {
            if (used > parts.Max(path => path.Length))
            {
                throw new UsageException($"the traces '{traces[shared[0]].Path}' and '{traces[shared[1]].Path}' would have one name in the results; give one of the files another name");
            }

            foreach (int trace in shared)
            {
                names[trace] = string.Join(Between, parts[trace].TakeLast(used));
            }
        }

        return [.. traces.Zip(names, (trace, name) => trace.Trace with { Name = name })];
    }

    /// <summary>The places of the names that are there more than once.</summary>
    private static List<int> Shared(string[] names)
        => [.. names.Index().GroupBy(name => name.Item, RealPath.Comparer).Where(same => same.Count() > 1).SelectMany(same => same).Select(name => name.Index)];
}
