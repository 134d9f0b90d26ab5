namespace Squelch.Tool;

/// <summary>Replays every combination on every trace at every capacity, a trace at a time.</summary>
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
        List<AblationCell> cells = [];
        foreach (string path in plan.TracePaths)
        {
            Trace trace = TraceLoading.Load(path, plan.Reading, null, board, cancellation);
            TraceLoading.CheckPartialBlocks(plan.Reading, trace);
            if (trace.Model is not null)
            {
                throw new UsageException($"'{trace.Name}' is a trace of keys, which have neither children nor paths nor checkpoints; an ablation is about requests with prompts. Leave it out.");
            }

            board.Note(trace);
            cells.AddRange(await RunAsync(trace, cancellation));
        }

        return new(space, cells);
    }

    private async Task<IEnumerable<AblationCell>> RunAsync(Trace trace, CancellationToken cancellation)
    {
        ReplayResult[] endless = plan.NeedsFootprints ? await _runner.ReplayAsync([plan.EndlessCell(trace)], 0, $"{trace.Name}, endless room", cancellation) : [];
        IReadOnlyList<long> capacities = plan.CapacitiesOf(trace, endless.FirstOrDefault()?.PeakBytes);
        ReplayCell[] cells = [.. capacities.SelectMany(capacity => _policies.Select(policy => new ReplayCell(trace, policy, capacity)))];
        ReplayResult[] results = await _runner.ReplayAsync(cells, 0, $"{trace.Name}, {Number.Counted(cells.Length, "replay")}", cancellation);
        return capacities.Zip(results.Chunk(_policies.Length), (capacity, replayed) => new AblationCell(trace.Name, capacity, [.. replayed.Select(result => result.TokenHitRate)]));
    }
}
