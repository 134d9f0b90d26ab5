using Squelch;
using Squelch.Policies;

namespace MiniEngine;

/// <summary>
/// What an engine does around its prefix cache, with several requests in flight; the model, which would run on a GPU, is left out. The cache finds Marconi's
/// alpha by itself.
/// </summary>
/// <param name="capacityBytes">The budget for states.</param>
/// <param name="mostAtOnce">Requests that are decoded side by side.</param>
public sealed class Engine(long capacityBytes, int mostAtOnce) : IDisposable
{
    private readonly PrefixCache<Marconi> _cache = new(new PrefixCacheOptions { CapacityBytes = capacityBytes });
    private readonly List<Running> _running = [];
    private readonly HashSet<long> _states = [];
    private long _lastHandle;

    /// <summary>True where one more request can be started.</summary>
    public bool HasRoom => _running.Count < mostAtOnce;

    /// <summary>Requests in flight.</summary>
    public int InFlight => _running.Count;

    /// <summary>Nodes of the cache.</summary>
    public int Nodes => _cache.NodeCount;

    /// <summary>Handles of states that the engine holds: one per node, where it does as it is told.</summary>
    public int States => _states.Count;

    /// <summary>How far the cache's tuner is.</summary>
    public TuningStatus Tuning => _cache.Tuning;

    /// <summary>Prefills a prompt. Its lease keeps what it hit in place while others come and go.</summary>
    /// <returns>The tokens of the prompt that need no prefill.</returns>
    public int Start(int[] prompt, int[] output)
    {
        Lease lease = _cache.Lookup(prompt);

        // Here the states at lease.HitTokens are copied to the request, and the rest of the prompt is prefilled; where it passes lease.BranchTokens, a
        // checkpoint is captured.
        _running.Add(new(lease, prompt, output));
        return lease.HitTokens;
    }

    /// <summary>Decodes a token of each request. Those that are finished are committed.</summary>
    public void Step()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            Running request = _running[i];
            if (++request.Decoded >= request.Output.Length)
            {
                _running.RemoveAt(i);
                Commit(request);
            }
        }
    }

    /// <summary>Gives up the request that has run longest: its user has gone.</summary>
    public void CancelOldest()
    {
        Running request = _running[0];
        _running.RemoveAt(0);
        Do(_cache.Abandon(request.Lease));
    }

    /// <summary>Ends the tuning too.</summary>
    public void Dispose() => _cache.Dispose();

    private void Commit(Running request)
    {
        int[] sequence = [.. request.Prompt, .. request.Output];
        StateHandle[] handles = new StateHandle[_cache.Plan(request.Lease, sequence).Length];
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i] = new(++_lastHandle);
            _states.Add(_lastHandle);
        }

        Do(_cache.Commit(request.Lease, sequence, 0, handles).Actions);
    }

    private void Do(ReadOnlySpan<StateAction> actions)
    {
        foreach (StateAction action in actions)
        {
            // A split hands KV from one handle to another, a join to the one below; here no KV is held, so handles are all there is to keep.
            if (action.Kind is StateActionKind.Free or StateActionKind.Join or StateActionKind.Decline)
            {
                _states.Remove(action.Handle.Value);
            }
        }
    }

    private sealed class Running(Lease lease, int[] prompt, int[] output)
    {
        public Lease Lease => lease;

        public int[] Prompt => prompt;

        public int[] Output => output;

        public int Decoded { get; set; }
    }
}
