namespace HybridChat.Tests;

public sealed class RunTests
{
    /// <summary>A few states: room has to be made all the time.</summary>
    private const long Capacity = 1_500_000;

    /// <summary>All policies on one architecture, and ours on all.</summary>
    public static TheoryData<string, string> Runs
    {
        get
        {
            TheoryData<string, string> runs = [];
            foreach (string architecture in TinyHybrid.Architectures)
            {
                foreach (PolicyRow row in PolicyRow.All.Where(row => row.CreateCache is not null && (architecture == TinyHybrid.Granite || row == PolicyRow.All[0])))
                {
                    runs.Add(row.Name, architecture);
                }
            }

            return runs;
        }
    }

    public static TheoryData<string> Policies => [.. PolicyRow.All.Where(row => row.CreateCache is not null).Select(row => row.Name)];

    /// <summary>The whole point: what is served from the cache is what would have been computed.</summary>
    [SkippableTheory]
    [MemberData(nameof(Runs))]
    public void ReusedStatesGiveTheLogitsOfAColdPrefill(string policy, string architecture)
    {
        using LlamaContext context = Llama.Context(sequences: 3, architecture: architecture);
        using LlamaContext cold = Llama.Context(architecture: architecture);
        var check = new LogitsCheck(cold);
        TraceResult result = new TraceRun(context, Llama.Load(architecture).Shape, Llama.Trace(40), Capacity) { OnStarted = check.Check }.Run(Row(policy), inFlight: 3);

        Assert.Empty(check.Faults);
        Assert.True(check.Reuses + check.WholePrompts >= 5, $"{check.Reuses} requests reused states");
        Assert.Equal(result.DryHitTokens, result.HitTokens);
        Assert.Equal(0, result.RefusedRestores);
        Assert.InRange(result.WorstByteError, 0, 0.01);
    }

    [SkippableTheory]
    [MemberData(nameof(Policies))]
    public void HitsAreThoseOfAReplay(string policy)
    {
        using LlamaContext context = Llama.Context();
        Trace trace = Llama.Trace(60, mostTokens: 200);
        var run = new TraceRun(context, Llama.Model.Shape, trace, Capacity);
        TraceResult result = run.Run(Row(policy), inFlight: 1);
        ReplayResult replay = Row(policy).Replay!(trace, run.Replay);

        Assert.Equal(replay.HitTokens, result.HitTokens);
        Assert.True(replay.HitTokens > 0 && replay.LeafEvictions > 0, "the trace hits, and fills the cache");
        Assert.Equal(result.PromptTokens - result.HitTokens, result.ComputedTokens);
    }

    /// <summary>What a policy reads of sessions, the engine tells as a replay does: without it other nodes go.</summary>
    [SkippableFact]
    public void APolicyThatReadsSessionsHitsAsInAReplay()
    {
        using LlamaContext context = Llama.Context();
        Trace trace = Llama.Trace(60, mostTokens: 200);
        Trace unnamed = trace with { Requests = [.. trace.Requests.Select(request => new Request { Pages = request.Pages, InputPages = request.InputPages, InputTokens = request.InputTokens, OutputTokens = request.OutputTokens })] };
        var run = new TraceRun(context, Llama.Model.Shape, trace, Capacity);
        PolicyRow renewal = Row("Renewal");
        long told = renewal.Replay!(trace, run.Replay).HitTokens;

        Assert.Equal(told, run.Run(renewal, inFlight: 1).HitTokens);
        Assert.NotEqual(told, renewal.Replay(unnamed, run.Replay).HitTokens);
    }

    /// <summary>A map says nothing of models that it was not fitted to.</summary>
    [SkippableFact]
    public void TimesAreModelledForTheModelThatWasMeasured()
    {
        foreach (string architecture in TinyHybrid.Architectures)
        {
            using LlamaContext context = Llama.Context(architecture: architecture);
            Assert.Equal(architecture == TinyHybrid.Granite ? TtftMap.TinyHybrid : null, new TraceRun(context, Llama.Load(architecture).Shape, Llama.Trace(1), Capacity).Map);
        }
    }

    [SkippableFact]
    public void WithoutACacheAllIsComputed()
    {
        using LlamaContext context = Llama.Context();
        TraceResult result = new TraceRun(context, Llama.Model.Shape, Llama.Trace(5), Capacity).Run(PolicyRow.All[^1], inFlight: 1);
        Assert.Equal((0, result.PromptTokens), (result.HitTokens, result.ComputedTokens));
    }

    /// <summary>Ctrl-C.</summary>
    [SkippableFact]
    public void AStoppedRunFreesItsStates()
    {
        using LlamaContext context = Llama.Context(sequences: 2);
        using var stop = new CancellationTokenSource();
        long before = NativeBlock.Held;
        long most = 0;
        var run = new TraceRun(context, Llama.Model.Shape, Llama.Trace(40), Capacity)
        {
            Cancellation = stop.Token,
            OnStarted = request =>
            {
                most = Math.Max(most, NativeBlock.Held);
                if (request.Index == 8)
                {
                    stop.Cancel();
                }
            },
        };

        Assert.Throws<OperationCanceledException>(() => run.Run(Row("Lru"), inFlight: 2));
        Assert.True(most > before + 1_000_000, "states were held");
        Assert.Equal(before, NativeBlock.Held);
    }

    private static PolicyRow Row(string policy) => PolicyRow.All.Single(row => row.Name == policy);
}
