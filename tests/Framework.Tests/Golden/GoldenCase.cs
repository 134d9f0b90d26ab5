using System.IO.Compression;
using System.Text.Json;

namespace Squelch.Tests.Golden;

/// <summary>One golden result of the executable specification.</summary>
internal sealed class GoldenCase
{
    private readonly JsonElement _json;

    private GoldenCase(JsonElement json) => _json = json;

    public string Trace => _json.GetProperty("trace").GetString()!;

    public string Policy => _json.GetProperty("policy").GetString()!;

    public long Capacity => _json.GetProperty("capacity_bytes").GetInt64();

    public double? Alpha => _json.GetProperty("alpha").ValueKind == JsonValueKind.Null ? null : _json.GetProperty("alpha").GetDouble();

    public string Model => _json.TryGetProperty("model", out JsonElement model) ? model.GetString()! : "7b";

    public int Bootstrap => _json.TryGetProperty("bootstrap_multiplier", out JsonElement multiplier) ? multiplier.GetInt32() : 5;

    public JsonElement this[string name] => _json.GetProperty(name);

    /// <summary>Where the golden files lie: beside the repository.</summary>
    public static string Folder { get; } = Environment.GetEnvironmentVariable("SQUELCH_GOLDEN")
        ?? SharedData.Find("golden")
        ?? throw new DirectoryNotFoundException("The golden results are not beside the repository (../shared/golden); set SQUELCH_GOLDEN to their folder.");

    public static IEnumerable<string> Names => Directory.EnumerateDirectories(Path.Combine(Folder, "exact")).Select(Path.GetFileName).Order(StringComparer.Ordinal)!;

    public static IEnumerable<GoldenCase> Of(string trace)
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(Folder, "exact", trace)).Order(StringComparer.Ordinal))
        {
            using var stream = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
            yield return new GoldenCase(JsonDocument.Parse(stream).RootElement);
        }
    }

    public override string ToString() => $"{Trace} {Policy} {Capacity} alpha={Alpha} model={Model} multiplier={Bootstrap}";
}
