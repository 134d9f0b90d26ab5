namespace Squelch.Tool;

/// <summary>Replays every combination on every trace at every capacity.</summary>
/// <param name="plan">Traces, capacities, model, seed.</param>
/// <param name="space">The combinations.</param>
/// <param name="board">Shows how far it is.</param>
internal sealed class AblationRunner(ReplayPlan plan, AblationSpace space, ProgressBoard board)
{
    private readonly ReplayRunner _runner = new(plan, board);
    private readonly PolicySettings[] _policies = [.. space.Combinations.Select(space.Policy)];

    /// <summary>Runs all of it.</summary>
    public async Task<AblationResults> RunAsync(CancellationToken cancellation)
    {
        // All first: what cannot be read or replayed is to be known before hours of replays.
        Trace[] traces = [.. plan.TracePaths.Select(path => Load(path, cancellation))];
        TraceLoading.CheckPartialBlocks(plan.Reading, traces);
        List<AblationCell> cells = [];
        foreach (Trace trace in traces)
        {
            board.Note(trace);
            cells.AddRange(await RunAsync(trace, cancellation));
        }

        return new(space, cells);
    }

    private Trace Load(string path, CancellationToken cancellation)
    {
        Trace trace = TraceLoading.Load(path, plan.Reading, null, board, cancellation);
        return trace.Model is null
            ? trace
            : throw new UsageException($"'{trace.Name}' is a trace of keys, which have neither children nor paths nor checkpoints; an ablation is about requests with prompts. Leave it out.");
    }

    private async Task<IEnumerable<AblationCell>> RunAsync(Trace trace, CancellationToken cancellation)
    {
        ReplayResult[] endless = plan.NeedsFootprints ? await _runner.ReplayAsync([plan.EndlessCell(trace)], 0, $"{trace.Name}, endless room", cancellation) : [];
        IReadOnlyList<long> capacities = plan.CapacitiesOf(trace, endless.FirstOrDefault()?.PeakBytes);
        ReplayCell[] cells = [.. capacities.SelectMany(capacity => _policies.Select(policy => new ReplayCell(trace, policy, capacity)))];
        ReplayResult[] results = await _runner.ReplayAsync(cells, 0, $"{trace.Name}, {Number.Counted(cells.Length, "replay")}", cancellation);
        foreach ((long capacity, ReplayResult asItIs) in capacities.Zip(results.Chunk(_policies.Length), (capacity, replayed) => (capacity, replayed[0])).Where(cell => cell.Item2.LeafEvictions + cell.Item2.JoinEvictions == 0))
        {
            board.Note($"{trace.Name}: at {ByteSize.Format(capacity)} the policy as it is evicts nothing, so no change of candidates, touch or score alone makes a difference; a smaller --capacity may");
        }

        return capacities.Zip(results.Chunk(_policies.Length), (capacity, replayed) => new AblationCell(trace.Name, capacity, [.. replayed.Select(result => result.TokenHitRate)]));
    }
}
