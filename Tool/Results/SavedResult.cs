using System.Text.Json;

namespace Squelch.Tool;

/// <summary>One result of a file that <c>squelch replay --json</c> wrote: the numbers that are compared.</summary>
/// <param name="Key">Trace, policy, model and capacity.</param>
/// <param name="TokenHitRate">Token hit rate.</param>
/// <param name="FlopsSavedShare">Share of the prefill FLOPs saved.</param>
/// <param name="CostSavedShare">Share of what misses cost saved; NaN where the trace tells no costs.</param>
/// <param name="TtftMeanMs">Mean time to first token; NaN where there was no request.</param>
/// <param name="Evictions">Victims.</param>
internal sealed record SavedResult(ResultKey Key, double TokenHitRate, double FlopsSavedShare, double CostSavedShare, double TtftMeanMs, long Evictions)
{
    /// <summary>All results of a file.</summary>
    /// <exception cref="ToolException">The file cannot be read, or is none of results.</exception>
    public static IReadOnlyList<SavedResult> Read(string path)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file);
            return [.. document.RootElement.EnumerateArray().Select(Of)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new ToolException(ExitCode.Input, $"'{path}' holds no results ({exception.Message}); give a file that squelch replay --json wrote", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ToolException(ExitCode.Input, $"cannot read '{path}': {exception.Message}", exception);
        }
    }

    private static SavedResult Of(JsonElement result)
    {
        JsonElement evictions = result.GetProperty("evictions");
        return new(
            new(Text(result, "trace"), Text(result, "policy"), Text(result, "model"), result.GetProperty("capacityBytes").GetInt64()),
            result.GetProperty("tokenHitRate").GetDouble(),
            result.GetProperty("flopsSavedShare").GetDouble(),
            result.TryGetProperty("costSavedShare", out JsonElement share) ? OrNaN(share) : double.NaN,
            OrNaN(result.GetProperty("ttftMs").GetProperty("mean")),
            evictions.GetProperty("leaf").GetInt64() + evictions.GetProperty("join").GetInt64());
    }

    private static double OrNaN(JsonElement number) => number.ValueKind == JsonValueKind.Null ? double.NaN : number.GetDouble();

    private static string Text(JsonElement result, string name) => result.GetProperty(name).GetString() ?? throw new FormatException($"{name} is null");
}

/// <summary>What was replayed.</summary>
internal readonly record struct ResultKey(string Trace, string Policy, string Model, long CapacityBytes);
