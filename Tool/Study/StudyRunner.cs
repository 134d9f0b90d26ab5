namespace Squelch.Tool;

/// <summary>Replays what a study needs, a trace at a time.</summary>
/// <param name="plan">The study.</param>
/// <param name="board">Shows how far it is.</param>
internal sealed class StudyRunner(StudyPlan plan, ProgressBoard board)
{
    private readonly ReplayRunner _runner = new(new() { TracePaths = [], Policies = [], Baselines = [], HasBounds = false, Jobs = plan.Jobs, Finished = plan.Finished }, board);

    /// <summary>Runs all of it.</summary>
    public async Task<StudyResults> RunAsync(CancellationToken cancellation)
    {
        List<WorkloadResults> all = [];
        foreach (Workload workload in plan.Figures.All(figure => figure is FormulaFigure) ? [] : Traces(cancellation))
        {
            IReadOnlyList<(StudyPoint Point, StudyPolicy Policy)> replays = plan.Replays(workload);
            if (replays.Count > 0)
            {
                all.Add(await RunAsync(workload, replays, cancellation));
            }
        }

        return StudyResults.Of(plan.Scale, plan.Policies, all);
    }

    private IEnumerable<Workload> Traces(CancellationToken cancellation)
    {
        // All first: what cannot be read or replayed is to be known before many replays of generated ones.
        Trace[] traces = [.. plan.TracePaths.Select(path => Workloads.Checked(TraceLoading.Load(path, new(), null, board, cancellation)))];
        ProgressBar bar = board.Add("traces of the study", plan.Scale.GeneratedTraces + plan.TracePaths.Count, ProgressUnit.Traces);
        foreach (Workload generated in Workloads.Generated(plan.Scale))
        {
            yield return generated;
            bar.Advance(1);
        }

        foreach (Trace trace in traces)
        {
            board.Note(trace);
            foreach (Workload given in Workloads.Given(trace))
            {
                yield return given;
            }

            bar.Advance(1);
        }

        bar.Finish();
    }

    private async Task<WorkloadResults> RunAsync(Workload workload, IReadOnlyList<(StudyPoint Point, StudyPolicy Policy)> replays, CancellationToken cancellation)
    {
        ReplayResult[] endless = await _runner.ReplayAsync([new(workload.Trace, plan.Policies.SglangPlus.Settings, ReplayPlan.Endless)], 0, $"{workload.Trace.Name}, endless room", cancellation);
        var results = new WorkloadResults(workload, endless[0].PeakBytes);
        Dictionary<(double Rate, double Think, ModelShape Model), Trace> traces = [];
        ReplayCell[] cells = [.. replays.Select(replay => new ReplayCell(TraceOf(replay.Point), replay.Policy.Settings, replay.Point.CapacityBytes(results.FootprintBytes)))];
        ReplayResult[] replayed = await _runner.ReplayAsync(cells, 0, $"{workload.Trace.Name}, {Number.Counted(cells.Length, "replay")}", cancellation);
        foreach (((StudyPoint point, StudyPolicy policy), ReplayResult result) in replays.Zip(replayed))
        {
            results.Add(point, policy, Kept(result));
        }

        return results;

        Trace TraceOf(StudyPoint point)
        {
            if (!traces.TryGetValue((point.Rate, point.Think, point.Model), out Trace? trace))
            {
                trace = Retiming.Of(workload.Trace, point.Rate, point.Think) with { Model = point.Model };
                traces.Add((point.Rate, point.Think, point.Model), trace);
            }

            return trace;
        }
    }

    /// <summary>Figures want no more of a profile than the lengths, and there are thousands of replays.</summary>
    private static ReplayResult Kept(ReplayResult result)
        => result with { Profile = result.Profile! with { Units = [], Terms = [], Steps = [], TtftQuantiles = [], TtftFlooredQuantiles = [] } };
}
