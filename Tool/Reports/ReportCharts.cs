namespace Squelch.Tool;

/// <summary>The pictures in which a report compares policies.</summary>
internal static class ReportCharts
{
    private const int RequestsPerWindow = 20;
    private const int FewestWindows = 6;

    /// <summary>Lines that rise and fall all the time cannot be told apart where there are more.</summary>
    private const int MostOverTime = 6;

    /// <summary>Policies against capacity, and at the capacity where they differ most.</summary>
    public static IEnumerable<Chart> OfTrace(TraceOutcomes trace)
    {
        TraceTerms terms = trace.Terms;
        string at = $"at {terms.Capacity(trace.Focus)}";
        var hitRate = new Axis(terms.HitRate, AxisLabel.Percent);
        if (trace.Capacities.Count > 1)
        {
            yield return ByCapacity("hit-rate", $"{Capital(terms.HitRate)} against capacity", hitRate, trace, outcome => outcome.Result.TokenHitRate, withBounds: true);
        }

        if (terms.HasCosts && trace.Capacities.Count > 1)
        {
            yield return ByCapacity("cost", "Cost saved against capacity", new("of what all misses would cost", AxisLabel.Percent), trace, outcome => outcome.Result.CostSavedShare!.Value, withBounds: false);
        }

        yield return OverTime(trace, hitRate);
        foreach (Chart chart in terms.IsKeysAlone ? [] : terms.IsKeys ? OfKeySizes(trace, hitRate, at) : OfTokens(trace, hitRate, at))
        {
            yield return chart;
        }

        bool hasLru = trace.OutcomeOf(trace.Policies[0], trace.Focus).Bounds is not null;
        if (trace.Capacities.Count == 1 || !hasLru)
        {
            yield return Bars("hit-rates", $"{Capital(terms.HitRate)} {at}", trace, hitRate, HitRateBar);
        }

        if (hasLru)
        {
            yield return Bars("gain-95", $"{Capital(terms.HitRate)} over LRU {at}, with its 95\u00a0% range", trace, new("points over LRU", AxisLabel.Points), GainBar);
        }
    }

    /// <summary>Says which trace and model a picture is about.</summary>
    public static string Subtitle(TraceOutcomes trace) => $"{trace.Trace.Name} · {(trace.Terms.IsKeys ? "keys" : trace.All[0].Result.Model)}";

    /// <summary>Names in full what stands for several policies.</summary>
    public static IReadOnlyList<string> Notes(IEnumerable<EqualPolicies> policies)
        => [.. policies.Where(equal => equal.Policies.Count > equal.Named.Count).Select(equal => $"{equal.ShortName}: also {equal.UnnamedNames}")];

    private static IEnumerable<Chart> OfTokens(TraceOutcomes trace, Axis hitRate, string at)
    {
        if (trace.Capacities.Count > 1)
        {
            yield return ByCapacity("flops", "Prefill FLOPs saved against capacity", new("of all prefill FLOPs", AxisLabel.Percent), trace, outcome => outcome.Result.FlopsSavedShare, withBounds: false);
        }

        yield return Ttft("ttft", $"Time to first token {at}, paper's map", trace, profile => profile.TtftQuantiles);
        yield return Ttft("ttft-floored", $"Time to first token {at}, floored map", trace, profile => profile.TtftFlooredQuantiles);
        yield return ByLength(trace, $"Token hit rate by input length {at}", new("input tokens, at least", AxisLabel.Short) { IsLogarithmic = true }, hitRate);
    }

    private static IEnumerable<Chart> OfKeySizes(TraceOutcomes trace, Axis hitRate, string at)
    {
        if (trace.Capacities.Count > 1)
        {
            yield return ByCapacity("request-hit-rate", "Request hit rate against capacity", new("requests that hit", AxisLabel.Percent), trace, outcome => outcome.Result.RequestHitRate, withBounds: false);
        }

        yield return ByLength(trace, $"Byte hit rate by size of the key {at}", new("bytes, at least", AxisLabel.Short) { IsLogarithmic = true }, hitRate);
    }

    private static Chart ByCapacity(string name, string title, Axis y, TraceOutcomes trace, Func<ReplayOutcome, double> value, bool withBounds)
    {
        var capacity = new Axis("capacity", size => trace.Terms.Capacity((long)size)) { IsLogarithmic = true, Ticks = [.. trace.Capacities.Select(size => (double)size)] };
        List<Series> all = [.. trace.Drawn.Select(equal => Line(trace, equal, trace.Capacities.Select(size => new ChartPoint(size, value(trace.OutcomeOf(equal, size))))))];
        if (withBounds && trace.All[0].Bounds is not null)
        {
            all.Add(Bound("upper bound (proven)", bounds => bounds.UpperBound, Ink.Muted));
            all.Add(Bound("best offline rule", bounds => bounds.BestOfflineRule, Ink.Text));
            all.Add(Bound("endless cache", bounds => bounds.Endless, Ink.Muted));
        }

        return Lines(name, title, capacity, y, trace, all);

        Series Bound(string bound, Func<Bounds, double> rate, Ink ink)
            => new(bound, ink.Number, [.. trace.Capacities.Select(size => new ChartPoint(size, rate(trace.OutcomeOf(trace.Drawn[0], size).Bounds!)))]) { IsDashed = true };
    }

    private static Chart OverTime(TraceOutcomes trace, Axis hitRate)
    {
        int requests = trace.Trace.Requests.Count;
        int steps = trace.All[0].Result.Profile!.Steps.Count;
        int windows = Math.Clamp(requests / RequestsPerWindow, Math.Min(FewestWindows, steps), steps);
        string each = requests / windows == 1 ? "of one request" : $"of about {Number.Count((double)requests / windows)} requests";
        EqualPolicies[] drawn = [.. trace.Drawn.Take(Math.Max(MostOverTime, trace.Drawn.Count(equal => AlwaysShown.Includes(equal.First))))];
        Chart chart = Lines(
            "hit-rate-over-time",
            $"{Capital(trace.Terms.HitRate)} over time at {trace.Terms.Capacity(trace.Focus)}, in windows {each}",
            new("requests done", AxisLabel.Short) { From = 0 },
            hitRate,
            trace,
            [.. drawn.Select(equal => Line(trace, equal, Windows(trace.OutcomeOf(equal, trace.Focus).Result.Profile!.Steps, windows)))]);
        return drawn.Length == trace.Drawn.Count ? chart : chart with { Notes = [$"{drawn.Length} of {trace.Drawn.Count} lines, as more could not be told apart.", .. Notes(drawn)] };
    }

    private static IEnumerable<ChartPoint> Windows(IReadOnlyList<ProfileStep> steps, int windows)
        => steps
            .Index()
            .GroupBy(step => step.Index * windows / steps.Count, step => step.Item)
            .Select(window => new ChartPoint(window.Last().Requests, Rate(new(window.Sum(step => step.Tokens.Input), window.Sum(step => step.Tokens.Hit)))));

    private static Chart ByLength(TraceOutcomes trace, string title, Axis x, Axis hitRate)
        => Lines("length", title, x, hitRate, trace, [.. trace.Drawn.Select(equal => Line(trace, equal, trace.OutcomeOf(equal, trace.Focus).Result.Profile!.Lengths.Select(band => new ChartPoint(band.From, Rate(band.Tokens)))))]);

    // All lines end at 100 %, so names at their ends would tell nothing.
    private static Chart Ttft(string name, string title, TraceOutcomes trace, Func<ReplayProfile, IReadOnlyList<double>> quantiles)
        => Lines(
            name,
            title,
            new("milliseconds, at most", AxisLabel.Short) { IsLogarithmic = true },
            new("of the requests", AxisLabel.Percent),
            trace,
            [.. trace.Drawn.Select(equal => Line(trace, equal, quantiles(trace.OutcomeOf(equal, trace.Focus).Result.Profile!).Select((ms, percent) => new ChartPoint(ms, percent / 100.0))))])
        with { HasLegend = true };

    private static Chart Lines(string name, string title, Axis x, Axis y, TraceOutcomes trace, IReadOnlyList<Series> series)
        => new(name, title, ChartKind.Lines, x, y, series) { Subtitle = Subtitle(trace), Notes = Notes(trace.Drawn) };

    private static Series Line(TraceOutcomes trace, EqualPolicies equal, IEnumerable<ChartPoint> points)
        => new(equal.ShortName, trace.ColourOf(equal), [.. points]) { IsDashed = equal.NeedsFuture, IsOwn = AlwaysShown.IsOwn(equal.First) };

    private static Chart Bars(string name, string title, TraceOutcomes trace, Axis axis, Func<ReplayOutcome, (double Value, ConfidenceRange? Range)> bar)
        => new(name, title, ChartKind.Bars, axis, axis, [.. trace.Policies.Select(equal => Bar(trace, equal, bar)).OrderByDescending(series => series.Points[0].X)])
        {
            Subtitle = Subtitle(trace),
            Notes = Notes(trace.Policies),
        };

    private static Series Bar(TraceOutcomes trace, EqualPolicies equal, Func<ReplayOutcome, (double Value, ConfidenceRange? Range)> bar)
    {
        (double value, ConfidenceRange? range) = bar(trace.OutcomeOf(equal, trace.Focus));
        return new(equal.ShortName, trace.ColourOf(equal), [new(value, 0)]) { Range = range };
    }

    private static (double Value, ConfidenceRange? Range) HitRateBar(ReplayOutcome outcome) => (outcome.Result.TokenHitRate, null);

    private static (double Value, ConfidenceRange? Range) GainBar(ReplayOutcome outcome) => (outcome.Result.TokenHitRate - outcome.Bounds!.Lru, outcome.GainOverLru);

    private static double Rate(TokenTally tokens) => tokens.Input == 0 ? 0 : (double)tokens.Hit / tokens.Input;

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
