using System.Globalization;
using System.Numerics;

namespace Squelch.Tool;

/// <summary>The pictures of a trace.</summary>
internal static class TraceCharts
{
    private const int Steps = 60;

    private static readonly Axis s_share = new("of the input tokens", share => (share * 100).ToString("0.#", CultureInfo.InvariantCulture) + " %");

    /// <summary>Input lengths, arrivals, and what could be reused.</summary>
    public static IReadOnlyList<Chart> Of(Trace trace)
    {
        IReadOnlyList<Request> requests = trace.Requests;
        IReadOnlyList<int> reusable = TraceInfo.ReusableTokens(trace);
        IEnumerable<ChartPoint> lengths = requests
            .GroupBy(request => BitOperations.Log2((uint)Math.Max(1, request.InputTokens)))
            .OrderBy(band => band.Key)
            .Select(band => new ChartPoint(1 << band.Key, band.Count()));
        double begin = requests[0].Time;
        double step = Math.Max((requests[^1].Time - begin) / Steps, 1e-9);
        var arrivals = new int[Steps];
        var input = new long[Steps];
        var known = new long[Steps];
        for (int i = 0; i < requests.Count; i++)
        {
            int at = (int)Math.Clamp((requests[i].Time - begin) / step, 0, Steps - 1);
            arrivals[at]++;
            input[at] += requests[i].InputTokens;
            known[at] += reusable[i];
        }

        var time = new Axis("seconds", Plain);
        return
        [
            new("lengths", $"{trace.Name}: requests by input length", ChartKind.Lines, new("input tokens, at least", Plain) { IsLogarithmic = true }, new("requests", Plain), [new("requests", 0, [.. lengths])]),
            new("arrivals", "Requests over time", ChartKind.Stack, time, new("requests per step", Plain), [new("requests", 0, [.. arrivals.Select((count, at) => new ChartPoint(at * step, count))])]),
            new("reuse", "What an endless cache could reuse", ChartKind.Lines, time, s_share, [new("reusable", 2, [.. Enumerable.Range(0, Steps).Where(at => input[at] > 0).Select(at => new ChartPoint(at * step, (double)known[at] / input[at]))])]),
        ];
    }

    private static string Plain(double value) => value >= 1e4 ? (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k" : value.ToString("0.##", CultureInfo.InvariantCulture);
}
