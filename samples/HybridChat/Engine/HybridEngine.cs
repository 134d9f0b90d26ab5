using System.Diagnostics;
using Squelch;

namespace HybridChat;

/// <summary>
/// What an engine does around its prefix cache, with several requests in flight: look up, restore what is held, compute the rest and capture checkpoints on the
/// way, answer, commit. The answers are given, as a trace tells them.
/// </summary>
/// <param name="context">Room for the sequences.</param>
/// <param name="cache">Which states are kept; null for none. The caller disposes it.</param>
internal sealed class HybridEngine(LlamaContext context, PrefixCache? cache) : IDisposable
{
    private readonly List<RunningRequest> _running = [];
    private readonly Stack<int> _free = new(Enumerable.Range(0, context.Sequences).Reverse());
    private KvLayout? _layout;

    /// <summary>True to keep the logits behind each prompt.</summary>
    public bool KeepsLogits { get; init; }

    public bool HasRoom => _free.Count > 0;

    public IReadOnlyList<RunningRequest> Running => _running;

    /// <summary>What is held, by handle.</summary>
    public StateStore States { get; } = new();

    /// <summary>States that llama.cpp refused to restore; their requests were computed from the start.</summary>
    public int RefusedRestores { get; private set; }

    /// <summary>Tokens computed again, because a plan asked for a checkpoint that was not captured on the way: another request had changed the tree meanwhile.</summary>
    public long ComputedAgain { get; private set; }

    /// <summary>Computes a prompt up to the first token of its answer.</summary>
    /// <param name="index">The caller's number of the request.</param>
    /// <param name="prompt">At least one token.</param>
    /// <param name="answer">The tokens that will be answered.</param>
    /// <param name="hints">What is known of the request, for policies that read it.</param>
    /// <exception cref="SquelchException">The request does not fit the context; or llama.cpp fails. The engine goes on without it.</exception>
    public RunningRequest Start(int index, int[] prompt, int[] answer, RequestHints hints = default)
    {
        if (prompt.Length == 0 || prompt.Length + answer.Length > context.Tokens)
        {
            throw new SquelchException($"request {index}: a prompt of {prompt.Length} tokens and an answer of {answer.Length} do not fit the context of {context.Tokens} (a prompt has at least one). Make it larger (--context).");
        }

        long start = Stopwatch.GetTimestamp();
        TimeSpan processor = ProcessorTime();

        // First the lookup, which may refuse: a sequence that was taken before would be lost.
        Lease lease = cache?.Lookup(prompt, hints: hints) ?? default;
        var request = new RunningRequest(index, _free.Pop(), lease, prompt, answer);
        _running.Add(request);
        try
        {
            Restore(request);
            if (request.At < prompt.Length)
            {
                Prefill(request, Cuts(request), prompt.Length);
            }

            request.TimeToFirstToken = Stopwatch.GetElapsedTime(start);
            request.ProcessorTime = ProcessorTime() - processor;
            return request;
        }
        catch
        {
            Cancel(request);
            throw;
        }
    }

    /// <summary>Computes a token of each answer. Requests that are finished are committed.</summary>
    /// <returns>The finished ones.</returns>
    public IReadOnlyList<RunningRequest> Step()
    {
        var finished = new List<RunningRequest>();
        foreach (RunningRequest request in _running)
        {
            if (request.At < request.Tokens.Length)
            {
                Compute(request, 1);
            }

            if (request.At == request.Tokens.Length)
            {
                finished.Add(request);
            }
        }

        foreach (RunningRequest request in finished)
        {
            if (cache is not null)
            {
                Commit(request, cache);
            }

            End(request);
        }

        return finished;
    }

    /// <summary>Gives a request up: its user has gone, or it failed.</summary>
    public void Cancel(RunningRequest request)
    {
        if (cache is not null)
        {
            States.Do(cache.Abandon(request.Lease));
        }

        End(request);
    }

    /// <summary>Gives up what is in flight, and frees all states.</summary>
    public void Dispose()
    {
        while (_running.Count > 0)
        {
            Cancel(_running[^1]);
        }

        States.Dispose();
    }

    private void End(RunningRequest request)
    {
        _running.Remove(request);
        request.Dispose();
        context.Clear(request.Sequence);
        _free.Push(request.Sequence);
    }

    /// <summary>Puts the states that the lookup found into the request's sequence. Where llama.cpp refuses them, it begins at its first token.</summary>
    private void Restore(RunningRequest request)
    {
        context.Clear(request.Sequence);
        (request.At, request.RestoredTokens) = (0, 0);
        if (request.HitTokens == 0)
        {
            return;
        }

        (List<KvRows> runs, Checkpoint checkpoint) = Found(request);
        using NativeBlock states = KvRows.Sequence(_layout!, runs, checkpoint.Recurrent);
        if (!context.TryRestore(request.Sequence, states))
        {
            RefusedRestores++;
            return;
        }

        request.At = request.RestoredTokens = request.HitTokens;
        request.Next = checkpoint.Next;
    }

    /// <summary>The states from the root to the node that was found. The lease holds them in place.</summary>
    private (List<KvRows> Runs, Checkpoint Checkpoint) Found(RunningRequest request)
    {
        NodeTable nodes = cache!.Nodes;
        int node = cache.DeepestNode(request.Tokens.AsSpan(0, request.PromptTokens));
        while (nodes.DepthTokens(node) > request.HitTokens)
        {
            node = nodes.Parent(node);
        }

        Checkpoint checkpoint = States[nodes.Handle(node)].Checkpoint!;
        var runs = new List<KvRows>();
        for (; !nodes.IsRoot(node); node = nodes.Parent(node))
        {
            runs.Insert(0, States[nodes.Handle(node)].Kv!);
        }

        return (runs, checkpoint);
    }

    /// <summary>Where checkpoints are captured within the prompt: what the plan asks for so far, and where the request leaves a known edge.</summary>
    private SortedSet<int> Cuts(RunningRequest request)
    {
        SortedSet<int> cuts = [];
        if (cache is not null)
        {
            foreach (PlannedNode node in cache.Plan(request.Lease, request.Tokens.AsSpan(0, request.PromptTokens)))
            {
                if (node.Checkpoint && node.Tokens < request.PromptTokens)
                {
                    cuts.Add(node.Tokens);
                }
            }

            cuts.Add(request.Lease.BranchTokens);
        }

        return cuts;
    }

    /// <summary>Computes a sequence up to a token, and captures the recurrent states at the cuts.</summary>
    private void Prefill(RunningRequest request, SortedSet<int> cuts, int end)
    {
        foreach (int cut in cuts.Where(cut => cut > request.At && cut <= end).Append(end).Distinct().ToArray())
        {
            while (request.At < cut)
            {
                Compute(request, Math.Min(LlamaContext.MostBatch, cut - request.At));
            }

            if (cuts.Contains(cut))
            {
                Capture(request);
            }
        }
    }

    private void Compute(RunningRequest request, int count)
    {
        ReadOnlySpan<float> logits = context.Compute(request.Sequence, request.Tokens.AsSpan(request.At, count), request.At);
        request.At += count;
        request.Next = MostLikely(logits);
        if (KeepsLogits && request.At == request.PromptTokens)
        {
            request.PromptLogits = logits.ToArray();
        }
    }

    private void Capture(RunningRequest request)
    {
        if (!request.Captured.ContainsKey(request.At))
        {
            request.Captured.Add(request.At, new(context.Save(request.Sequence, recurrentOnly: true), request.Next));
        }
    }

    private void Commit(RunningRequest request, PrefixCache cache)
    {
        Capture(request);
        using NativeBlock states = context.Save(request.Sequence, recurrentOnly: false);
        _layout ??= new(states.Bytes);
        PlannedNode[] plan = [.. cache.Plan(request.Lease, request.Tokens)];
        CaptureMissing(request, plan);
        var added = new HashSet<StateHandle>();
        var handles = new StateHandle[plan.Length];
        for (int i = 0; i < plan.Length; i++)
        {
            handles[i] = States.Add(new(plan[i].Checkpoint && request.Captured.Remove(plan[i].Tokens, out Checkpoint? captured) ? captured : null));
            added.Add(handles[i]);
        }

        States.Do(cache.Commit(request.Lease, request.Tokens, 0, handles).Actions);
        NodeTable nodes = cache.Nodes;
        for (int node = cache.DeepestNode(request.Tokens); node != NodeTable.None && !nodes.IsRoot(node); node = nodes.Parent(node))
        {
            if (added.Contains(nodes.Handle(node)))
            {
                // What splits and joins have brought stands in front.
                SavedState state = States[nodes.Handle(node)];
                int from = nodes.DepthTokens(nodes.Parent(node)) + (state.Kv?.Tokens ?? 0);
                if (from < nodes.DepthTokens(node))
                {
                    var rows = KvRows.Of(_layout, states, from, nodes.DepthTokens(node));
                    state.Kv = state.Kv is null ? rows : KvRows.Join(state.Kv, rows);
                }
            }
        }
    }

    /// <summary>Captures what the plan asks for and the way to here did not pass, beginning at what the lookup found once more.</summary>
    private void CaptureMissing(RunningRequest request, PlannedNode[] plan)
    {
        SortedSet<int> missing = [.. from node in plan where node.Checkpoint && !request.Captured.ContainsKey(node.Tokens) select node.Tokens];
        if (missing.Count > 0)
        {
            Restore(request);
            ComputedAgain += missing.Max - request.At;
            Prefill(request, missing, missing.Max);
        }
    }

    /// <summary>Not known on all systems; 0 there.</summary>
    private static TimeSpan ProcessorTime() => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? Environment.CpuUsage.TotalTime : default;

    private static int MostLikely(ReadOnlySpan<float> logits)
    {
        int best = 0;
        for (int token = 1; token < logits.Length; token++)
        {
            best = logits[token] > logits[best] ? token : best;
        }

        return best;
    }
}
