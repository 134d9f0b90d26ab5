using Squelch;

namespace HybridChat;

/// <summary>What the engine holds of one node: the KV of its edge and, where the plan asked for it, the recurrent states at its end.</summary>
internal sealed class SavedState(Checkpoint? checkpoint) : IDisposable
{
    public Checkpoint? Checkpoint { get; } = checkpoint;

    /// <summary>Null until a commit has said which tokens are the node's.</summary>
    public KvRows? Kv { get; set; }

    public void Dispose()
    {
        Checkpoint?.Dispose();
        Kv?.Dispose();
    }
}

/// <summary>The saved states by handle. It does what the cache says, with the bytes themselves.</summary>
internal sealed class StateStore : IDisposable
{
    private readonly Dictionary<long, SavedState> _states = [];
    private long _lastHandle;

    public int Count => _states.Count;

    public long KvBytes => _states.Values.Sum(state => (long)(state.Kv?.Bytes ?? 0));

    public long RecurrentBytes => _states.Values.Sum(state => (long)(state.Checkpoint?.Recurrent.Length ?? 0));

    public SavedState this[StateHandle handle] => _states[handle.Value];

    public StateHandle Add(SavedState state)
    {
        _states.Add(++_lastHandle, state);
        return new(_lastHandle);
    }

    /// <summary>In order: each action builds on those before it.</summary>
    public void Do(ReadOnlySpan<StateAction> actions)
    {
        foreach (StateAction action in actions)
        {
            SavedState state = _states[action.Handle.Value];
            switch (action.Kind)
            {
                case StateActionKind.Split:
                    (_states[action.Other.Value].Kv, state.Kv) = state.Kv!.Split(action.Tokens);
                    continue;
                case StateActionKind.Join:
                    SavedState below = _states[action.Other.Value];
                    below.Kv = below.Kv is null ? state.Kv : KvRows.Join(state.Kv!, below.Kv);
                    state.Kv = null;
                    break;
            }

            // Free, Decline, and what a join leaves: the checkpoint.
            state.Dispose();
            _states.Remove(action.Handle.Value);
        }
    }

    public void Dispose()
    {
        foreach (SavedState state in _states.Values)
        {
            state.Dispose();
        }

        _states.Clear();
    }
}
