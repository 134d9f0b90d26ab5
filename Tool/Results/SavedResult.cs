using System.Text.Json;

namespace Squelch.Tool;

/// <summary>One result of a file that <c>squelch replay --json</c> wrote: the numbers that are compared.</summary>
/// <param name="Key">Trace, policy, model and capacity.</param>
/// <param name="Terms">The words for what is counted.</param>
/// <param name="PartialBlocks">How partial last blocks were read; empty where the trace has none.</param>
/// <param name="TokenHitRate">Token hit rate.</param>
/// <param name="RequestHitRate">Share of the requests that hit.</param>
/// <param name="FlopsSavedShare">Share of the prefill FLOPs saved.</param>
/// <param name="CostSavedShare">Share of what misses cost saved; NaN where the trace tells no costs.</param>
/// <param name="TtftMeanMs">Mean time to first token; NaN where there was no request.</param>
/// <param name="Evictions">Victims.</param>
internal sealed record SavedResult(ResultKey Key, TraceTerms Terms, string PartialBlocks, double TokenHitRate, double RequestHitRate, double FlopsSavedShare, double CostSavedShare, double TtftMeanMs, long Evictions)
{
    /// <summary>All results of a file.</summary>
    /// <param name="path">The file; <c>-</c> is standard input.</param>
    /// <exception cref="ToolException">The file cannot be read, or is none of results.</exception>
    public static IReadOnlyList<SavedResult> Read(string path)
    {
        try
        {
            using Stream file = path == StandardOutput.Name ? Console.OpenStandardInput() : File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
            SavedResult[] results = [.. document.RootElement.EnumerateArray().Select(Of)];
            return results.GroupBy(result => result.Key).FirstOrDefault(same => same.Count() > 1) is { Key: var twice }
                ? throw new FormatException($"{twice.Policy} on {twice.Trace} at {ByteSize.Format(twice.CapacityBytes)} is there twice, so it cannot be told which is meant")
                : results;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ToolException(ExitCode.Input, $"'{path}' cannot be compared ({exception.Message.TrimEnd('.')}); give a file that squelch replay --json wrote", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException(ExitCode.Input, $"cannot read '{path}': {(Directory.Exists(path) ? "it is a folder" : exception.Message)}", exception);
        }
    }

    private static SavedResult Of(JsonElement result)
    {
        JsonElement evictions = Property(result, "evictions");
        string model = Text(result, "model");
        return new(
            new(Text(result, "trace"), Text(result, "policy"), model, Property(result, "capacityBytes").GetInt64()),
            new(model == ModelShape.Keys.Name, Property(result, "inputTokens").GetInt64() == Property(result, "requests").GetInt64()),
            result.TryGetProperty("partialBlocks", out JsonElement partial) ? partial.GetString() ?? "" : "",
            Number(result, "tokenHitRate"),
            Number(result, "requestHitRate"),
            Number(result, "flopsSavedShare"),
            result.TryGetProperty("costSavedShare", out _) ? NumberOrNaN(result, "costSavedShare") : double.NaN,
            NumberOrNaN(Property(result, "ttftMs"), "mean"),
            Property(evictions, "leaf").GetInt64() + Property(evictions, "join").GetInt64());
    }

    private static JsonElement Property(JsonElement result, string name)
        => result.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"a result has no {name}");

    private static string Text(JsonElement result, string name) => Property(result, name).GetString() ?? throw new FormatException($"{name} is null");

    private static double NumberOrNaN(JsonElement result, string name) => Property(result, name).ValueKind == JsonValueKind.Null ? double.NaN : Number(result, name);

    private static double Number(JsonElement result, string name)
        => Property(result, name).GetDouble() is var value && double.IsFinite(value) ? value : throw new FormatException($"{name} is too large for a number");
}

/// <summary>What was replayed.</summary>
internal readonly record struct ResultKey(string Trace, string Policy, string Model, long CapacityBytes);
