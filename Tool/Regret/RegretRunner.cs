namespace Squelch.Tool;

/// <summary>Replays the first policy of a plan and those that it is held against, under each model.</summary>
/// <param name="plan">Traces, policies, capacities.</param>
/// <param name="models">The models.</param>
/// <param name="board">Shows how far it is.</param>
internal sealed class RegretRunner(ReplayPlan plan, IReadOnlyList<ModelShape> models, ProgressBoard board)
{
    /// <summary>Runs all of it.</summary>
    public async Task<RegretResults> RunAsync(CancellationToken cancellation)
    {
        IReadOnlyList<Trace> traces = TraceNames.Distinct([.. plan.TracePaths.Select(path => (path, TraceLoading.Load(path, plan.Reading, null, board, cancellation)))]);
        TraceLoading.CheckPartialBlocks(plan.Reading, traces);
        foreach (Trace trace in traces)
        {
            board.Note(trace, withPartialBlocks: false);
        }

        List<RegretCell> cells = [];
        foreach ((int index, ModelShape model) in models.Index())
        {
            // What has a model of its own, as keys have, comes out the same under each.
            cells.AddRange(await RunAsync(plan with { Model = model }, [.. traces.Where(trace => trace.Model is null || index == 0)], cancellation));
        }

        NoteRoom(cells);
        return new(plan.Policies[0], RegretOfModel.Of(plan.Policies[0].Policy.Descriptor.Name, cells));
    }

    private async Task<IEnumerable<RegretCell>> RunAsync(ReplayPlan ofModel, IReadOnlyList<Trace> traces, CancellationToken cancellation)
    {
        var runner = new ReplayRunner(ofModel, board);
        ReplayResult?[] endless = ofModel.NeedsFootprints
            ? await runner.ReplayAsync([.. traces.Select(ofModel.EndlessCell)], 0, $"{ofModel.Model.Name}, endless caches", cancellation)
            : new ReplayResult?[traces.Count];
        SizedTrace[] sized = [.. traces.Zip(endless, (trace, filled) => new SizedTrace(trace, ofModel.CapacitiesOf(trace, filled?.PeakBytes), filled, 0))];
        IReadOnlyList<ReplayCell> cells = ofModel.Cells(sized);
        ReplayResult[] results = await runner.ReplayAsync(cells, 0, $"{ofModel.Model.Name}, {Number.Counted(cells.Count, "replay")}", cancellation);
        return results.Chunk(ofModel.Policies.Count).Select(cell => new RegretCell(
            cell[0].Model, cell[0].Trace, cell[0].CapacityBytes, cell[0].TokenHitRate, [.. cell.Skip(1).Select(other => (other.Policy, other.TokenHitRate))]));
    }

    /// <summary>Where all policies hit the same, regret says nothing of any.</summary>
    private void NoteRoom(IEnumerable<RegretCell> cells)
    {
        foreach (RegretCell cell in cells.Where(cell => cell.Others.All(other => other.HitRate == cell.HitRate)))
        {
            board.Note($"{cell.Trace}: at {ByteSize.Format(cell.CapacityBytes)} under {cell.Model} all policies hit the same; another --capacity may tell them apart");
        }
    }
}
