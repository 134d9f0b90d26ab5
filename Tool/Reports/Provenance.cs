using System.Reflection;
using System.Security.Cryptography;

namespace Squelch.Tool;

/// <summary>Where a report comes from: enough to make it again elsewhere, and nothing of the machine.</summary>
/// <param name="Command">The command line; of whole paths the file's name alone.</param>
/// <param name="Version">Of Squelch, with the commit where the build knew it.</param>
/// <param name="Date">When it was made.</param>
/// <param name="Traces">The trace files, in the order of the plan.</param>
internal sealed record Provenance(string Command, string Version, DateTimeOffset Date, IReadOnlyList<TraceFile> Traces)
{
    private const string NeedNoQuotes = "-_./:=,+@%*";

    /// <summary>Reads the trace files for their hashes, so it is made before a long replay: the files may change later.</summary>
    /// <param name="arguments">Of the command line.</param>
    /// <param name="tracePaths">In the order of the plan.</param>
    /// <param name="clock">Tells the date.</param>
    public static Provenance Of(IEnumerable<string> arguments, IEnumerable<string> tracePaths, TimeProvider clock)
        => new(string.Join(' ', arguments.Select(Argument).Prepend("squelch")), OwnVersion(), clock.GetUtcNow(), [.. tracePaths.Select(TraceFile.Of)]);

    private static string Argument(string argument)
    {
        string shown = Path.IsPathRooted(argument) ? Path.GetFileName(argument) : argument;
        return shown.Length > 0 && shown.All(letter => char.IsAsciiLetterOrDigit(letter) || NeedNoQuotes.Contains(letter, StringComparison.Ordinal))
            ? shown
            : $"'{shown.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    private static string OwnVersion()
    {
        string version = typeof(Provenance).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
        return version.Split('+') is [string number, string commit] ? $"{number}, commit {commit[..Math.Min(12, commit.Length)]}" : version;
    }
}

/// <summary>A trace's file.</summary>
/// <param name="Name">Without folders.</param>
/// <param name="Sha256">The first hexadecimal digits of its SHA-256; null where it is no file that can be read twice, such as a pipe.</param>
internal sealed record TraceFile(string Name, string? Sha256)
{
    private const int Digits = 16;

    /// <summary>Hashes a file.</summary>
    public static TraceFile Of(string path)
    {
        string name = Path.GetFileName(path);
        try
        {
            var file = new FileInfo(path);
            FileSystemInfo target = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;

            // What has no length is a pipe, and reading it would take from the replay.
            if (target is not FileInfo { Exists: true, Length: > 0 })
            {
                return new(name, null);
            }

            using FileStream stream = file.OpenRead();
            return new(name, Convert.ToHexStringLower(SHA256.HashData(stream))[..Digits]);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Whoever reads the trace says what is wrong with it.
            return new(name, null);
        }
    }
}
