using System.Numerics;

namespace Squelch.Tool;

/// <summary>The pictures of a trace.</summary>
internal static class TraceCharts
{
    private const int Steps = 60;

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

        var terms = new TraceTerms(trace);
        var time = new Axis("seconds", AxisLabel.Short);
        var size = new Axis(terms.IsKeys ? "bytes of the key, at least" : "input tokens, at least", AxisLabel.Short) { IsLogarithmic = true };
        var share = new Axis(terms.IsKeysAlone ? "of the requests" : terms.IsKeys ? "of the bytes" : "of the input tokens", AxisLabel.Percent);
        return
        [
            Picture("lengths", terms.IsKeys ? "Requests by size of the key" : "Requests by input length", ChartKind.Lines, size, new("requests", AxisLabel.Short), new("requests", 0, [.. lengths])),
            Picture("arrivals", "Requests over time", ChartKind.Stack, time, new("requests per step", AxisLabel.Short), new("requests", 0, [.. arrivals.Select((count, at) => new ChartPoint(at * step, count))])),
            Picture("reuse", "What an endless cache could reuse", ChartKind.Lines, time, share, new("reusable", 2, [.. Enumerable.Range(0, Steps).Where(at => input[at] > 0).Select(at => new ChartPoint(at * step, (double)known[at] / input[at]))])),
        ];

        Chart Picture(string name, string title, ChartKind kind, Axis x, Axis y, Series series)
            => new(name, title, kind, x, y, [series]) { Subtitle = trace.Name };
    }
}
