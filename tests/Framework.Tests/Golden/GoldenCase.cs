using System.IO.Compression;
using System.Text.Json;
using ZstdSharp;

namespace Squelch.Tests.Golden;

/// <summary>One golden result of the executable specification.</summary>
internal sealed class GoldenCase
{
    private const string Packed = ".jsonl.zst";

    private readonly JsonElement _json;

    private GoldenCase(JsonElement json) => _json = json;

    public string Trace => _json.GetProperty("trace").GetString()!;

    public string Policy => _json.GetProperty("policy").GetString()!;

    public long Capacity => _json.GetProperty("capacity_bytes").GetInt64();

    public double? Alpha => _json.GetProperty("alpha").ValueKind == JsonValueKind.Null ? null : _json.GetProperty("alpha").GetDouble();

    public string Model => _json.TryGetProperty("model", out JsonElement model) ? model.GetString()! : "7b";

    public int Bootstrap => _json.TryGetProperty("bootstrap_multiplier", out JsonElement multiplier) ? multiplier.GetInt32() : 5;

    public JsonElement this[string name] => _json.GetProperty(name);

    /// <summary>The traces that have results, by name.</summary>
    public static IEnumerable<string> Names
        => SharedData.GoldenFolders.Select(folder => Path.Combine(folder, "exact")).Where(Directory.Exists).SelectMany(Directory.EnumerateFileSystemEntries)
            .Select(path => Path.GetFileName(path).Replace(Packed, "", StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal);

    /// <summary>The results of a trace. One that stands in two folders is taken once; where they differ, both are.</summary>
    public static IEnumerable<GoldenCase> Of(string trace)
        => SharedData.GoldenFolders.SelectMany(folder => Texts(Path.Combine(folder, "exact", trace))).Distinct().Select(text => new GoldenCase(JsonDocument.Parse(text).RootElement));

    /// <summary>A file of results, one per line, or a folder of them, one per file.</summary>
    private static IEnumerable<string> Texts(string path)
    {
        if (File.Exists(path + Packed))
        {
            using var lines = new StreamReader(new DecompressionStream(File.OpenRead(path + Packed), leaveOpen: false));
            while (lines.ReadLine() is { } line)
            {
                yield return line;
            }
        }

        string[] files = Directory.Exists(path) ? Directory.GetFiles(path, "*.json.gz") : [];
        foreach (string file in files.Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            yield return text.ReadToEnd().Trim();
        }
    }

    public override string ToString() => $"{Trace} {Policy} {Capacity} alpha={Alpha} model={Model} multiplier={Bootstrap}";
}
