using System.Diagnostics;
using Squelch;
using Squelch.Lab;
using Trace = Squelch.Lab.Trace;

namespace HybridChat;

/// <summary>One request that was served.</summary>
/// <param name="Prompt">Tokens of its prompt.</param>
/// <param name="Hit">Of these, tokens that the cache found.</param>
/// <param name="Restored">Of these, tokens whose states were restored.</param>
/// <param name="Milliseconds">Time to the first token.</param>
/// <param name="ProcessorMilliseconds">The processor time of that.</param>
internal readonly record struct ServedRequest(int Prompt, int Hit, int Restored, double Milliseconds, double ProcessorMilliseconds);

/// <summary>What a run over a trace gave.</summary>
internal sealed record TraceResult
{
    public required PolicyRow Row { get; init; }

    /// <summary>The requests, in the order of the trace.</summary>
    public required IReadOnlyList<ServedRequest> Requests { get; init; }

    /// <summary>Tokens that the same calls hit in a cache that has no engine.</summary>
    public required long DryHitTokens { get; init; }

    public required int RefusedRestores { get; init; }

    public required long ComputedAgain { get; init; }

    /// <summary>The largest difference between the bytes of the cache and those of the states, after any request, as a share.</summary>
    public required double WorstByteError { get; init; }

    /// <summary>What the whole machine used; null where it does not tell.</summary>
    public required double? Joules { get; init; }

    public required double Seconds { get; init; }

    /// <summary>The tunables at the end, as text; empty where nothing tuned them.</summary>
    public required string Tuned { get; init; }

    public long PromptTokens => Requests.Sum(request => (long)request.Prompt);

    public long HitTokens => Requests.Sum(request => (long)request.Hit);

    public long ComputedTokens => Requests.Sum(request => (long)request.Prompt - request.Restored);

    public double Percentile(double share) => Quantile.Linear([.. Requests.Select(request => request.Milliseconds).Order()], share);
}

/// <summary>Serves a trace's requests under one policy.</summary>
internal sealed class TraceRun(LlamaContext context, ModelShape model, Trace trace, long capacityBytes)
{
    /// <summary>Told of each request once its first token is known; what it takes does not count.</summary>
    public Action<RunningRequest>? OnStarted { get; init; }

    /// <summary>Stops the run between two steps.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>How the lab replays the same.</summary>
    public ReplayOptions Replay => new() { CapacityBytes = capacityBytes, Model = model, Ttft = Map ?? TtftMap.Paper };

    /// <summary>What the lab models this model's times by; null where none was fitted to it.</summary>
    public TtftMap? Map => TtftMap.All.FirstOrDefault(map => map.Name == model.Name);

    /// <param name="row">The policy.</param>
    /// <param name="inFlight">Requests side by side, at most; with 1 the order of lookups and commits is that of a replay.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TraceResult Run(PolicyRow row, int inFlight)
    {
        using PrefixCache? cache = Create(row);
        using PrefixCache? dry = Create(row);
        using var engine = new HybridEngine(context, cache) { KeepsLogits = OnStarted is not null };
        var served = new ServedRequest[trace.Requests.Count];
        var leases = new Dictionary<int, Lease>();
        var sessions = new SessionHistory();
        long dryHits = 0;
        double worst = 0;
        EnergyMeter energy = EnergyMeter.Start();
        long start = Stopwatch.GetTimestamp();
        for (int next = 0; next < served.Length || engine.Running.Count > 0;)
        {
            Cancellation.ThrowIfCancellationRequested();
            if (next < served.Length && engine.Running.Count < inFlight)
            {
                Request request = trace.Requests[next];
                RequestHints hints = cache is null ? default : sessions.Hints(request.Session, cache.Now + 1);
                RunningRequest running = engine.Start(next, request.Pages[..request.InputPages].ToArray(), request.Pages[request.InputPages..].ToArray(), hints);
                served[next] = new(running.PromptTokens, running.HitTokens, running.RestoredTokens, running.TimeToFirstToken.TotalMilliseconds, running.ProcessorTime.TotalMilliseconds);
                OnStarted?.Invoke(running);
                if (dry is not null)
                {
                    leases.Add(next, dry.Lookup(request.Pages[..request.InputPages].Span, hints: hints));
                    dryHits += leases[next].HitTokens;
                }

                next++;
                continue;
            }

            foreach (RunningRequest finished in engine.Step())
            {
                dry?.Commit(leases[finished.Index], finished.Tokens);
                worst = Math.Max(worst, cache is null ? 0 : ByteError(cache, engine.States));
            }
        }

        return new()
        {
            Row = row,
            Requests = served,
            DryHitTokens = dryHits,
            RefusedRestores = engine.RefusedRestores,
            ComputedAgain = engine.ComputedAgain,
            WorstByteError = worst,
            Joules = energy.Joules,
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
            Tuned = cache is null ? "" : string.Join(", ", cache.Tuning.Values.Select(value => FormattableString.Invariant($"{value.Key} {value.Value:0.0#}"))),
        };
    }

    private static double ByteError(PrefixCache cache, StateStore states)
        => Math.Abs((states.KvBytes + states.RecurrentBytes) - cache.Bytes) / Math.Max(1.0, cache.Bytes);

    /// <summary>Tuners run within commits, as in a replay: then two runs are alike.</summary>
    private PrefixCache? Create(PolicyRow row)
        => row.CreateCache?.Invoke(new() { CapacityBytes = capacityBytes, Model = model, Tuning = new() { Mode = TuningMode.Synchronous } });
}
