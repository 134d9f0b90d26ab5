namespace Squelch.Tool;

/// <summary>The pictures of one replay: what went over time and why, and what was held.</summary>
internal static class ReplayCharts
{
    /// <summary>Draws one at the capacity where policies differ most.</summary>
    public static IEnumerable<Chart> Of(TraceOutcomes trace, PolicySettings policy)
    {
        ReplayProfile profile = trace.OutcomeOf(policy, trace.Focus).Result.Profile!;
        var requests = new Axis("requests done", AxisLabel.Short) { From = 0 };
        string name = policy.Policy.Descriptor.Name;
        string about = $"{ReportCharts.Subtitle(trace)} · {trace.Terms.Capacity(trace.Focus)}";
        yield return new(
            $"{name}-evictions",
            $"{name}: victims over time",
            ChartKind.Stack,
            requests,
            new("victims", AxisLabel.Short),
            trace.Terms.IsKeys
                ? [Steps("keys", 0, step => step.LeafEvictions)]
                : [Steps("leaves", 0, step => step.LeafEvictions), Steps("checkpoints of chains", 4, step => step.JoinEvictions)])
        { Subtitle = about };
        if (profile.Terms.Count > 0)
        {
            yield return new(
                $"{name}-why",
                $"{name}: terms of the victims' scores",
                ChartKind.Lines,
                requests,
                new("contribution", AxisLabel.Short),
                [.. profile.Terms.Select((term, i) => new Series(term, i, [.. profile.Steps.Where(step => step.Terms.Count > i).Select(step => new ChartPoint(step.Requests, step.Terms[i]))]))])
            { Subtitle = about };
        }

        yield return new(
            $"{name}-content",
            $"{name}: what the cache held",
            ChartKind.Stack,
            requests,
            new("held", size => trace.Terms.Capacity((long)size)),
            trace.Terms.IsKeys
                ? [Steps("keys", 0, step => step.Content.LeafKv + step.Content.InnerKv)]
                :
                [
                    Steps("KV of leaves", 0, step => step.Content.LeafKv),
                    Steps("KV shared", 2, step => step.Content.InnerKv),
                    Steps("checkpoints: ends", 4, step => step.Content.LeafCheckpoints),
                    Steps("in chains", 1, step => step.Content.ChainCheckpoints),
                    Steps("at branches", 3, step => step.Content.BranchCheckpoints),
                ])
        { Subtitle = about };

        Series Steps(string layer, int colour, Func<ProfileStep, double> value)
            => new(layer, colour, [.. profile.Steps.Select(step => new ChartPoint(step.Requests, value(step)))]);
    }
}
