namespace Squelch.Tool;

/// <summary>Runs the replays of a plan side by side on the cores.</summary>
/// <param name="plan">The replays.</param>
/// <param name="board">Shows how far they are.</param>
internal sealed class ReplayRunner(ReplayPlan plan, ProgressBoard board)
{
    /// <summary>Is told of every request of a single replay.</summary>
    public Action<RequestRecord>? OnRequest { get; init; }

    /// <summary>Is told of every victim of a single replay.</summary>
    public Action<VictimRecord>? OnVictim { get; init; }

    /// <summary>Reads the traces, then replays them. Outcomes come by trace, capacity and policy in the plan's order.</summary>
    public async Task<IReadOnlyList<ReplayOutcome>> RunAsync(CancellationToken cancellation)
    {
        Trace[] traces = [.. plan.TracePaths.Select(path => TraceLoading.Load(path, board, cancellation))];
        ReplayCell[] cells =
        [
            .. from trace in traces
               from capacity in plan.Capacities
               from policy in plan.Policies
               select new ReplayCell(trace, policy, capacity),
        ];

        var outcomes = new ReplayOutcome[cells.Length];
        ProgressBar all = board.Add("all replays", cells.Sum(c => (long)c.Trace.Requests.Count), ProgressUnit.Requests);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, cells.Length), options, (index, stop) =>
        {
            outcomes[index] = new(cells[index], Replay(cells[index], all, stop));
            return ValueTask.CompletedTask;
        });
        return outcomes;
    }

    private ReplayResult Replay(ReplayCell cell, ProgressBar all, CancellationToken stop)
    {
        int total = cell.Trace.Requests.Count;
        string label = $"{cell.Trace.Name} {cell.Policy.Policy.Descriptor.Name} {ByteSize.Format(cell.CapacityBytes)}";
        ProgressBar bar = board.Add(label, total, ProgressUnit.Requests);
        int reported = 0;
        ReplayResult result = cell.Policy.Policy.Replay(cell.Trace, new ReplayOptions
        {
            CapacityBytes = cell.CapacityBytes,
            Model = plan.Model,
            Seed = plan.Seed,
            Tunables = cell.Policy.Tunables,
            BootstrapMultiplier = cell.Policy.BootstrapMultiplier,
            Accelerate = plan.Accelerate,
            OnRequest = OnRequest,
            OnVictim = OnVictim,
            OnProgress = Report,
            Cancellation = stop,
        });
        Report(total);
        bar.Finish();
        return result;

        void Report(int done)
        {
            all.Advance(done - reported);
            bar.Advance(done - reported);
            reported = done;
        }
    }
}
