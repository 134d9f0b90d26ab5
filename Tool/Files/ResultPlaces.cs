namespace Squelch.Tool;

/// <summary>Where a command was asked to write, looked at before any work is done.</summary>
internal static class ResultPlaces
{
    /// <summary>Refuses results of which one would replace another, or what it is made from.</summary>
    /// <param name="results">Options and what they name; null where an option is not given.</param>
    /// <param name="inputs">What is read.</param>
    /// <exception cref="UsageException">Two are one place.</exception>
    public static void Check(IEnumerable<(string Option, string? Path)> results, IEnumerable<string> inputs)
    {
        HashSet<string> read = new(inputs.Where(input => input != StandardInput).Select(RealPath.Of), RealPath.Comparer);
        Dictionary<string, string> taken = new(RealPath.Comparer);
        foreach ((string option, string? path) in results)
        {
            if (path is null || RealPath.IsDevice(path) && !RealPath.IsStandardOutput(path))
            {
                continue;
            }

            bool isOutput = RealPath.IsStandardOutput(path);
            string place = isOutput ? StandardOutput.Name : RealPath.Of(path);
            if (!isOutput && read.Contains(place))
            {
                throw new UsageException($"cannot write '{path}': it is read by the same command; give another name");
            }

            if (!taken.TryAdd(place, option))
            {
                throw new UsageException(isOutput
                    ? $"{taken[place]} and {option} both write to standard output, which has room for one; give one of them a file"
                    : $"{taken[place]} and {option} both write '{path}', and one would be lost; give each a file of its own");
            }
        }
    }

    /// <summary>Refuses a file where a folder is wanted.</summary>
    /// <param name="option">Which names it.</param>
    /// <param name="folder">The folder; null where the option is not given.</param>
    /// <exception cref="UsageException">It is a file, or standard output.</exception>
    public static void CheckFolder(string option, string? folder)
    {
        if (folder is not null && (File.Exists(folder) || RealPath.IsStandardOutput(folder)))
        {
            throw new UsageException($"{option} '{folder}': it wants the name of a folder, old or new, for many files");
        }
    }

    /// <summary>How traces name standard input.</summary>
    private const string StandardInput = "-";
}
