using Squelch;
using Squelch.Policies;

namespace SelfTuning;

/// <summary>What an engine does around its prefix cache; the model, which would run on a GPU, is left out. The cache finds Marconi's alpha by itself.</summary>
/// <param name="capacityBytes">The budget for states.</param>
public sealed class Engine(long capacityBytes) : IDisposable
{
    private readonly PrefixCache<Marconi> _cache = new(new PrefixCacheOptions { CapacityBytes = capacityBytes });
    private readonly HashSet<long> _states = [];
    private long _lastHandle;

    /// <summary>How far the cache's tuner is.</summary>
    public TuningStatus Tuning => _cache.Tuning;

    /// <summary>Serves a prompt and decodes an output.</summary>
    /// <returns>The tokens of the prompt that need not be prefilled.</returns>
    public int Serve(ReadOnlySpan<int> prompt, ReadOnlySpan<int> output)
    {
        Lease lease = _cache.Lookup(prompt);
        int[] sequence = [.. prompt, .. output];
        StateHandle[] handles = new StateHandle[_cache.Plan(lease, sequence).Length];
        for (int i = 0; i < handles.Length; i++)
        {
            handles[i] = new(++_lastHandle);
            _states.Add(_lastHandle);
        }

        foreach (StateAction action in _cache.Commit(lease, sequence, 0, handles).Actions)
        {
            if (action.Kind != StateActionKind.Split)
            {
                _states.Remove(action.Handle.Value);
            }
        }

        return lease.HitTokens;
    }

    /// <summary>Ends the tuning too.</summary>
    public void Dispose() => _cache.Dispose();
}
