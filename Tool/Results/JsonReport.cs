using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Squelch.Tool;

/// <summary>Outcomes as a JSON array, one object per trace, policy and capacity.</summary>
internal static class JsonReport
{
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n" };

    /// <summary>The text of the report.</summary>
    public static string Of(IEnumerable<ReplayOutcome> outcomes)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartArray();
            foreach (ReplayOutcome outcome in outcomes)
            {
                Write(json, outcome);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void Write(Utf8JsonWriter json, ReplayOutcome outcome)
    {
        ReplayResult result = outcome.Result;
        json.WriteStartObject();
        json.WriteString("trace", result.Trace);
        json.WriteString("policy", result.Policy);
        json.WriteString("model", result.Model);
        json.WriteNumber("capacityBytes", result.CapacityBytes);
        if (outcome.Cell.Trace.PartialBlocks is { Count: > 0 } partial)
        {
            json.WriteString("partialBlocks", partial.Taken == PartialBlocks.Drop ? "drop" : "keep");
        }

        json.WriteStartObject("tunables");
        foreach ((string name, double value) in result.Tunables)
        {
            WriteNumber(json, name, value);
        }

        json.WriteEndObject();
        json.WriteNumber("requests", result.Requests);
        json.WriteNumber("inputTokens", result.InputTokens);
        json.WriteNumber("hitTokens", result.HitTokens);
        WriteNumber(json, "tokenHitRate", result.TokenHitRate);
        WriteNumber(json, "requestHitRate", result.RequestHitRate);
        WriteFlops(json, result.FlopsSaved);
        WriteNumber(json, "flopsSavedShare", result.FlopsSavedShare);
        if (result.CostWithoutCache is not null)
        {
            WriteNumber(json, "costSaved", result.CostSaved);
            WriteNumber(json, "costWithoutCache", result.CostWithoutCache);
            WriteNumber(json, "costSavedShare", result.CostSavedShare);
        }

        json.WriteNumber("checkpoints", result.Checkpoints);
        json.WriteNumber("kvTokens", result.KvTokens);
        json.WriteNumber("nodes", result.Nodes);
        json.WriteStartObject("evictions");
        json.WriteNumber("leaf", result.LeafEvictions);
        json.WriteNumber("join", result.JoinEvictions);
        json.WriteEndObject();
        json.WriteNumber("notAdmitted", result.NotAdmitted);
        json.WriteNumber("peakBytes", result.PeakBytes);
        WriteTtft(json, "ttftMs", result.Ttft);
        WriteTtft(json, "ttftFlooredMs", result.TtftFloored);
        WriteTtft(json, "ttftWithoutCacheMs", result.TtftWithoutCache);
        json.WriteNumber("ttftExtrapolated", result.TtftExtrapolated);
        WriteInterval(json, "gainOverLru95", outcome.GainOverLru);
        WriteBounds(json, outcome);
        WriteNumber(json, "seconds", result.Seconds);
        WriteNumber(json, "requestsPerSecond", result.RequestsPerSecond);
        WriteTuning(json, outcome);
        json.WriteEndObject();
    }

    /// <summary>For policies that declare a tuner: whether it has chosen, when and what, and what that took.</summary>
    private static void WriteTuning(Utf8JsonWriter json, ReplayOutcome outcome)
    {
        PolicyDescriptor policy = outcome.Cell.Policy.Policy.Descriptor;
        if (policy.TunedTunables.IsEmpty)
        {
            return;
        }

        ReplayResult result = outcome.Result;
        json.WriteStartObject("tuning");
        json.WriteString("tuner", policy.BootstrapTunable is null ? "shadow" : "bootstrap");
        json.WriteString("state", !outcome.Cell.Policy.IsTuned ? "fixed" : result.TunedAfterRequests is null ? "notYet" : "tuned");
        json.WriteStartObject("values");
        foreach (string tunable in policy.TunedTunables)
        {
            WriteNumber(json, tunable, result.Tunables[tunable]);
        }

        json.WriteEndObject();
        WriteNumber(json, "window", result.BootstrapWindow);
        WriteNumber(json, "afterRequests", result.TunedAfterRequests);
        WriteNumber(json, "replayed", result.TunerReplayed);
        json.WriteEndObject();
    }

    private static void WriteFlops(Utf8JsonWriter json, FlopCount flops)
    {
        json.WriteStartObject("flopsSaved");
        WriteInteger(json, "attention", flops.Attention);
        WriteInteger(json, "recurrent", flops.Recurrent);
        WriteInteger(json, "mlp", flops.Mlp);
        WriteInteger(json, "total", flops.Total);
        json.WriteEndObject();
    }

    private static void WriteInterval(Utf8JsonWriter json, string name, ConfidenceRange? interval)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "low", interval?.Low);
        WriteNumber(json, "high", interval?.High);
        json.WriteEndObject();
    }

    private static void WriteBounds(Utf8JsonWriter json, ReplayOutcome outcome)
    {
        json.WriteStartObject("bounds");
        WriteNumber(json, "lru", outcome.Bounds?.Lru);
        WriteNumber(json, "bestOfflineRule", outcome.Bounds?.BestOfflineRule);
        json.WriteString("bestOfflineRuleName", outcome.Bounds?.BestOfflineRuleName);
        WriteNumber(json, "upperBound", outcome.Bounds?.UpperBound);
        WriteNumber(json, "upperBoundOfAnyAdmission", outcome.Bounds?.UpperBoundOfAnyAdmission);
        WriteNumber(json, "endless", outcome.Bounds?.Endless);
        WriteNumber(json, "shareOfWayToBestOfflineRule", outcome.ShareOfWayToRule);
        WriteNumber(json, "shareOfWayToUpperBound", outcome.ShareOfWayToBound);
        json.WriteEndObject();
    }

    private static void WriteTtft(Utf8JsonWriter json, string name, TtftSummary ttft)
    {
        json.WriteStartObject(name);
        WriteNumber(json, "mean", ttft.Mean);
        WriteNumber(json, "p5", ttft.P5);
        WriteNumber(json, "p50", ttft.P50);
        WriteNumber(json, "p95", ttft.P95);
        WriteNumber(json, "p99", ttft.P99);
        json.WriteEndObject();
    }

    private static void WriteInteger(Utf8JsonWriter json, string name, Int128 value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value.ToString(CultureInfo.InvariantCulture), skipInputValidation: true);
    }

    // JSON has no NaN and no infinity.
    private static void WriteNumber(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
