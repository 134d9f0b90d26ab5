using System.Globalization;
using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>A folder of a test's own, with a small trace in it.</summary>
public sealed class Workplace : IDisposable
{
    public const int Requests = 12;

    public Workplace()
    {
        Directory.CreateDirectory(Folder);
        Trace = PathOf("small.jsonl");
        File.WriteAllText(Trace, Conversation());
    }

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), $"squelch-{Guid.NewGuid():N}");

    /// <summary>Three sessions of four turns that share a system prompt.</summary>
    public string Trace { get; }

    /// <summary>A trace of 97 keys of 10 to 1,258 bytes, on which policies differ.</summary>
    public string Keys
    {
        get
        {
            string path = PathOf("keys.csv");
            File.WriteAllLines(path, Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i * i % 97 * (1 + (i / 500))},{10 + (i * i % 97 * (1 + (i / 500)) % 97 * 13)}")));
            return path;
        }
    }

    /// <summary>Names of all files besides the trace.</summary>
    public string[] Results => [.. Directory.GetFiles(Folder).Where(f => f != Trace).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public string PathOf(string name) => Path.Combine(Folder, name);

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static string Conversation()
    {
        var text = new StringBuilder();
        for (int i = 0; i < Requests; i++)
        {
            int session = i % 3;
            int turn = i / 3;
            int[] input = [.. Enumerable.Range(1, 16), .. Enumerable.Range(100 * (session + 1), 20 * (turn + 1))];
            int[] output = [.. Enumerable.Range((100 * (session + 1)) + (20 * (turn + 1)), 10)];
            text.Append(
                CultureInfo.InvariantCulture,
                $$"""
                {"session_id": {{session}}, "turn_id": {{turn}}, "ts": {{i}}.5, "num_input_tokens": {{input.Length}}, "num_output_tokens": {{output.Length}}, "input_tokens": [{{string.Join(", ", input)}}], "output_tokens": [{{string.Join(", ", output)}}]}

                """);
        }

        return text.ToString();
    }
}
