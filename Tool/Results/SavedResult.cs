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
            SavedResult[] results = [.. Of(document.RootElement, JsonValueKind.Array, "the whole").EnumerateArray().Select((result, i) => Of(Of(result, JsonValueKind.Object, FormattableString.Invariant($"result {i + 1}"))))];
            return results.GroupBy(result => result.Key).FirstOrDefault(same => same.Count() > 1) is { Key: var twice }
                ? throw new FormatException($"{twice.Policy} on {twice.Trace} at {ByteSize.Format(twice.CapacityBytes)} is there twice, so it cannot be told which is meant")
                : results;
        }
        catch (JsonException exception)
        {
            throw Wrong(path, exception.LineNumber is { } line ? FormattableString.Invariant($"it is no JSON, or not all of it: see line {line + 1}") : "it is no JSON", exception);
        }
        catch (FormatException exception)
        {
            throw Wrong(path, exception.Message, exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException(ExitCode.Input, $"cannot read '{path}': {(Directory.Exists(path) ? "it is a folder" : exception.Message)}", exception);
        }
    }

    private static ToolException Wrong(string path, string why, Exception exception)
        => new(ExitCode.Input, $"'{path}' cannot be compared: {why}; give a file that squelch replay --json wrote", exception);

    private static SavedResult Of(JsonElement result)
    {
        JsonElement evictions = Of(Property(result, "evictions"), JsonValueKind.Object, "evictions");
        string model = Text(result, "model");
        return new(
            new(Text(result, "trace"), Text(result, "policy"), model, Whole(result, "capacityBytes")),
            new(model == ModelShape.Keys.Name, Whole(result, "inputTokens") == Whole(result, "requests")),
            result.TryGetProperty("partialBlocks", out _) ? Text(result, "partialBlocks") : "",
            Number(result, "tokenHitRate"),
            Number(result, "requestHitRate"),
            Number(result, "flopsSavedShare"),
            result.TryGetProperty("costSavedShare", out _) ? NumberOrNaN(result, "costSavedShare") : double.NaN,
            NumberOrNaN(Of(Property(result, "ttftMs"), JsonValueKind.Object, "ttftMs"), "mean"),
            Whole(evictions, "leaf") + Whole(evictions, "join"));
    }

    private static JsonElement Property(JsonElement result, string name)
        => result.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"a result has no {name}");

    private static JsonElement Of(JsonElement value, JsonValueKind kind, string what)
        => value.ValueKind == kind ? value : throw new FormatException($"{what} is no {Word(kind)}, but {Word(value.ValueKind)}");

    private static string Word(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "list",
        JsonValueKind.Object => "object",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };

    private static string Text(JsonElement result, string name) => Of(Property(result, name), JsonValueKind.String, name).GetString()!;

    private static long Whole(JsonElement result, string name)
        => Of(Property(result, name), JsonValueKind.Number, name).TryGetInt64(out long value) ? value : throw new FormatException($"{name} is no whole number that can be counted");

    private static double NumberOrNaN(JsonElement result, string name) => Property(result, name).ValueKind == JsonValueKind.Null ? double.NaN : Number(result, name);

    private static double Number(JsonElement result, string name)
        => Of(Property(result, name), JsonValueKind.Number, name).TryGetDouble(out double value) && double.IsFinite(value) ? value : throw new FormatException($"{name} is too large for a number");
}

/// <summary>What was replayed.</summary>
internal readonly record struct ResultKey(string Trace, string Policy, string Model, long CapacityBytes);
