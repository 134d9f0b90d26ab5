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
        IReadOnlyList<Trace> traces = TraceNames.Distinct([.. plan.TracePaths.Select(path => (path, TraceLoading.Load(path, plan.Reading, null, board, cancellation)))]);
        TraceLoading.CheckPartialBlocks(plan.Reading, traces);
        foreach (Trace trace in traces)
        {
            board.Note(trace, withPartialBlocks: false);
        }

        ReplayResult?[] endless = plan.NeedsFootprints ? await ReplayAsync([.. traces.Select(plan.EndlessCell)], 0, "endless caches", cancellation) : new ReplayResult?[traces.Count];
        SizedTrace[] sized = [.. traces.Zip(endless, (trace, filled) => Size(trace, filled, cancellation))];
        IReadOnlyList<ReplayCell> cells = plan.Cells(sized);
        int asked = sized.Sum(trace => trace.Capacities.Count) * plan.Policies.Count;
        ReplayResult[] results = await ReplayAsync(cells, asked, "all replays", cancellation);
        ReplayOutcome[] outcomes = [.. cells.Zip(results, (cell, result) => new ReplayOutcome(cell, result))];
        return OutcomeJudging.Judge(plan, sized, outcomes, asked, plan.HasBounds ? await LimitsAsync(outcomes[..asked], cancellation) : null);
    }

    /// <summary>The limits of each trace and capacity, for each admission that was asked for.</summary>
    private async Task<LimitTable> LimitsAsync(IReadOnlyList<ReplayOutcome> asked, CancellationToken cancellation)
    {
        var found = new LimitTable();
        var places = asked.Select(outcome => (outcome.Cell.Trace, Place: LimitTable.PlaceOf(outcome.Cell))).DistinctBy(at => at.Place, LimitTable.Places).ToList();
        ProgressBar all = board.Add("upper bounds and offline rules", places.Sum(at => (long)at.Trace.Requests.Count), ProgressUnit.Requests);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation };
        foreach (var ofTrace in places.GroupBy(at => at.Trace, (IEqualityComparer<Trace>)ReferenceEqualityComparer.Instance))
        {
            Lazy<FutureUses> uses = new(() => FutureUses.Of(ofTrace.Key));
            await Parallel.ForEachAsync(ofTrace, options, (at, stop) =>
            {
                found.Add(at.Place, Finished(at.Place) ?? Limits(at.Place, uses.Value, stop));
                all.Advance(at.Trace.Requests.Count);
                return ValueTask.CompletedTask;
            });
        }

        all.Finish();
        return found;
    }

    private OfflineLimits? Finished((Trace Trace, long Capacity, AdmissionKind Kind) place) => plan.Finished?.FindLimits(plan, place.Trace, place.Capacity, place.Kind);

    private OfflineLimits Limits((Trace Trace, long Capacity, AdmissionKind Kind) place, FutureUses uses, CancellationToken stop)
    {
        var limits = OfflineLimits.Of(place.Trace, plan.Model, place.Capacity, place.Kind, uses, stop);
        plan.Finished?.KeepLimits(plan, place.Trace, place.Capacity, place.Kind, limits);
        return limits;
    }

    /// <summary>Runs replays side by side, or takes the finished ones; results come in their order.</summary>
    /// <param name="cells">The replays.</param>
    /// <param name="asked">So many of them, from the first, are told to <see cref="OnRequest"/> and <see cref="OnVictim"/>.</param>
    /// <param name="label">What the bar of all of them shows.</param>
    /// <param name="cancellation">Stops them.</param>
    public async Task<ReplayResult[]> ReplayAsync(IReadOnlyList<ReplayCell> cells, int asked, string label, CancellationToken cancellation)
    {
        var results = new ReplayResult[cells.Count];
        ProgressBar all = board.Add(label, cells.Sum(c => (long)c.Trace.Requests.Count), ProgressUnit.Requests);
        var options = new ParallelOptions { MaxDegreeOfParallelism = plan.Jobs, CancellationToken = cancellation };
        await Parallel.ForEachAsync(Enumerable.Range(0, cells.Count), options, (index, stop) =>
        {
            results[index] = Finished(cells[index], all) ?? Replay(cells[index], isAsked: index < asked, all, stop);
            return ValueTask.CompletedTask;
        });
        all.Finish();
        return results;
    }

    private SizedTrace Size(Trace trace, ReplayResult? endless, CancellationToken cancellation)
    {
        long reusable = plan.HasBounds ? TraceInfo.ReusableTokens(trace, cancellation).Sum(tokens => (long)tokens) : 0;
        return new(trace, plan.CapacitiesOf(trace, endless?.PeakBytes), endless, reusable == 0 ? 0 : (double)reusable / endless!.InputTokens);
    }

    private ReplayResult? Finished(ReplayCell cell, ProgressBar all)
    {
        // A finished replay cannot tell its requests and victims again.
        if (OnRequest is not null || OnVictim is not null || plan.Finished?.Find(plan, cell) is not { } result)
        {
            return null;
        }

        all.Advance(cell.Trace.Requests.Count);
        return result;
    }

    private ReplayResult Replay(ReplayCell cell, bool isAsked, ProgressBar all, CancellationToken stop)
    {
        int total = cell.Trace.Requests.Count;
        string size = cell.CapacityBytes == ReplayPlan.Endless ? "endless" : ByteSize.Format(cell.CapacityBytes);
        ProgressBar bar = board.Add($"{cell.Trace.Name} {cell.Policy.Policy.Descriptor.Name} {size}", total, ProgressUnit.Requests);
        int reported = 0;
        ReplayResult result = cell.Policy.Replay(cell.Trace, new ReplayOptions(plan.Settings(cell))
        {
            Profile = true,
            Accelerate = plan.Accelerate,
            OnRequest = isAsked ? OnRequest : null,
            OnVictim = isAsked ? OnVictim : null,
            OnProgress = Report,
            Cancellation = stop,
        });
        plan.Finished?.Keep(plan, cell, result);
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
