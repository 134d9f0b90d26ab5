using System.Globalization;

namespace Squelch.Tool;

/// <summary>The pictures of a report.</summary>
internal static class ReportCharts
{
    private const double Giga = 1e9;

    private static readonly Axis s_hitRate = new("token hit rate", Percent);

    /// <summary>Policies against capacity, and at the capacity where they differ most.</summary>
    public static IEnumerable<Chart> OfTrace(TraceOutcomes trace)
    {
        string focus = ByteSize.Format(trace.Focus);
        IReadOnlyList<ReplayOutcome> all = trace.At(trace.Focus);
        IReadOnlyList<ReplayOutcome> at = trace.DrawnAt(trace.Focus);
        if (trace.Capacities.Count > 1)
        {
            yield return ByCapacity("hit-rate", "Token hit rate against capacity", s_hitRate, trace, outcome => outcome.Result.TokenHitRate, withBounds: true);
            yield return ByCapacity("flops", "Prefill FLOPs saved against capacity", new("of all prefill FLOPs", Percent), trace, outcome => outcome.Result.FlopsSavedShare, withBounds: false);
        }

        yield return new(
            "hit-rate-95",
            $"Token hit rate at {focus}, with its 95 % range",
            ChartKind.Bars,
            s_hitRate,
            s_hitRate,
            [.. all.OrderByDescending(outcome => outcome.Result.TokenHitRate).Select(outcome => Bar(trace, outcome))]);
        yield return Ttft("ttft", $"Time to first token at {focus}, paper's map", trace, at, profile => profile.TtftQuantiles);
        yield return Ttft("ttft-floored", $"Time to first token at {focus}, floored map", trace, at, profile => profile.TtftFlooredQuantiles);
        yield return new(
            "length",
            $"Token hit rate by input length at {focus}",
            ChartKind.Lines,
            new("input tokens, at least", Short) { IsLogarithmic = true },
            s_hitRate,
            [.. at.Select(outcome => Line(trace, outcome, outcome.Result.Profile!.Lengths.Select(band => new ChartPoint(band.From, Rate(band.Tokens)))))]);
    }

    /// <summary>One replay over time.</summary>
    public static IEnumerable<Chart> OfReplay(ReplayOutcome outcome)
    {
        ReplayProfile profile = outcome.Result.Profile!;
        var requests = new Axis("requests", Short) { From = 0 };
        string name = outcome.Result.Policy;
        yield return new(
            $"{name}-evictions",
            $"{name}: victims over time",
            ChartKind.Stack,
            requests,
            new("victims", Short),
            [Steps("leaves", 0, step => step.LeafEvictions), Steps("checkpoints of chains", 4, step => step.JoinEvictions)]);
        if (profile.Terms.Count > 0)
        {
            yield return new(
                $"{name}-why",
                $"{name}: terms of the victims' scores",
                ChartKind.Lines,
                requests,
                new("contribution", Short),
                [.. profile.Terms.Select((term, i) => new Series(term, i, [.. profile.Steps.Where(step => step.Terms.Count > i).Select(step => new ChartPoint(step.Requests, step.Terms[i]))]))]);
        }

        yield return new(
            $"{name}-content",
            $"{name}: what the cache held",
            ChartKind.Stack,
            requests,
            new("GB", value => value.ToString("0.##", CultureInfo.InvariantCulture)),
            [
                Steps("KV of leaves", 0, step => step.Content.LeafKv / Giga),
                Steps("KV shared", 2, step => step.Content.InnerKv / Giga),
                Steps("checkpoints: ends", 4, step => step.Content.LeafCheckpoints / Giga),
                Steps("in chains", 1, step => step.Content.ChainCheckpoints / Giga),
                Steps("at branches", 3, step => step.Content.BranchCheckpoints / Giga),
            ]);

        Series Steps(string layer, int colour, Func<ProfileStep, double> value)
            => new(layer, colour, [.. profile.Steps.Select(step => new ChartPoint(step.Requests, value(step)))]);
    }

    private static Chart ByCapacity(string name, string title, Axis y, TraceOutcomes trace, Func<ReplayOutcome, double> value, bool withBounds)
    {
        var capacity = new Axis("capacity", bytes => ByteSize.Format((long)bytes)) { IsLogarithmic = true, Ticks = [.. trace.Capacities.Select(bytes => (double)bytes)] };
        List<Series> all =
        [
            .. trace.Drawn.Select((policy, i) => new Series(
                policy.Policy.Descriptor.Name,
                i,
                [.. trace.All.Where(outcome => outcome.Cell.Policy == policy).OrderBy(outcome => outcome.Cell.CapacityBytes).Select(outcome => new ChartPoint(outcome.Cell.CapacityBytes, value(outcome)))])
            { IsDashed = policy.Policy.Descriptor.NeedsFuture }),
        ];
        if (withBounds && trace.All[0].Bounds is not null)
        {
            all.Add(Bound("offline bound", bounds => bounds.Offline, -1));
            all.Add(Bound("endless cache", bounds => bounds.Endless, -2));
        }

        return new(name, title, ChartKind.Lines, capacity, y, all);

        Series Bound(string bound, Func<Bounds, double> rate, int colour)
            => new(bound, colour, [.. trace.Capacities.Select(bytes => new ChartPoint(bytes, rate(trace.At(bytes)[0].Bounds!)))]) { IsDashed = true };
    }

    private static Chart Ttft(string name, string title, TraceOutcomes trace, IReadOnlyList<ReplayOutcome> at, Func<ReplayProfile, IReadOnlyList<double>> quantiles)
        => new(
            name,
            title,
            ChartKind.Lines,
            new("milliseconds, at most", Short) { IsLogarithmic = true },
            new("of the requests", Percent),
            [.. at.Select(outcome => Line(trace, outcome, quantiles(outcome.Result.Profile!).Select((ms, percent) => new ChartPoint(ms, percent / 100.0))))]);

    private static Series Line(TraceOutcomes trace, ReplayOutcome outcome, IEnumerable<ChartPoint> points)
        => new(outcome.Result.Policy, trace.ColourOf(outcome), [.. points]) { IsDashed = outcome.NeedsFuture };

    private static Series Bar(TraceOutcomes trace, ReplayOutcome outcome)
        => new(outcome.Result.Policy, trace.ColourOf(outcome), [new(outcome.Result.TokenHitRate, 0)]) { Range = outcome.HitRate };

    private static double Rate(TokenTally tokens) => tokens.Input == 0 ? 0 : (double)tokens.Hit / tokens.Input;

    private static string Percent(double share) => (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %";

    private static string Short(double value) => Math.Abs(value) switch
    {
        0 => "0",
        >= 1e9 or < 0.01 => value.ToString("0.#e0", CultureInfo.InvariantCulture),
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => value.ToString("0.##", CultureInfo.InvariantCulture),
    };
}
