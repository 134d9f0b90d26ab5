namespace Squelch.Tests.Caching.Model;

/// <summary>
/// What an engine knows that does as it is told: handles, each with the run of KV that it holds and whether a checkpoint stands at its end. It is written
/// from the words of the design, in dictionaries, and knows nothing of trees, ids, columns or positions.
/// </summary>
/// <param name="model">Gives bytes.</param>
/// <param name="pageTokens">Tokens per page.</param>
/// <param name="blockPages">Pages per block where blocks are found as a whole or not at all; else 0.</param>
internal sealed class EngineMirror(ModelShape model, int pageTokens, int blockPages)
{
    /// <summary>Of a new leaf until it is settled what lies above it.</summary>
    private const int NotKnown = int.MinValue;

    private readonly Dictionary<long, State> _states = [];
    private readonly int _unit = Math.Max(1, blockPages);
    private long _handles;

    /// <summary>The states of one handle.</summary>
    public sealed class State
    {
        public required long Space { get; init; }

        /// <summary>Pages from the root to its end.</summary>
        public required int[] Path { get; set; }

        public required int EndTokens { get; set; }

        public required bool Checkpoint { get; set; }

        /// <summary>Where its KV begins, in tokens from the root.</summary>
        public required int FromTokens { get; set; }
    }

    public int Count => _states.Count;

    public IEnumerable<KeyValuePair<long, State>> States => _states;

    public long Bytes => _states.Values.Sum(state => model.KvBytes(state.EndTokens - state.FromTokens) + (state.Checkpoint ? model.CheckpointBytes : 0));

    /// <summary>A handle that was never used.</summary>
    public StateHandle New() => new(++_handles);

    public State? Find(StateHandle handle) => _states.GetValueOrDefault(handle.Value);

    /// <summary>The tokens that a request can go on from: the longest prefix with a checkpoint at its end, or any with KV where the model needs no checkpoint.</summary>
    public int HitTokens(long space, ReadOnlySpan<int> input)
    {
        int best = 0;
        foreach (State state in _states.Values)
        {
            if (state.Space != space)
            {
                continue;
            }

            int common = state.Path.AsSpan().CommonPrefixLength(input);
            if (model.CheckpointBytes == 0)
            {
                best = Math.Max(best, common == state.Path.Length ? state.EndTokens : common / _unit * _unit * pageTokens);
            }
            else if (state.Checkpoint && common == state.Path.Length)
            {
                best = Math.Max(best, state.EndTokens);
            }
        }

        return best;
    }

    /// <summary>Does what a commit or an abandon says.</summary>
    /// <param name="space">Namespace of the commit.</param>
    /// <param name="sequence">Pages.</param>
    /// <param name="planned">What the plan promised, with the handles that were given.</param>
    /// <param name="actions">What is to be done.</param>
    public void Do(long space, int[] sequence, (PlannedNode Node, StateHandle Handle)[] planned, ReadOnlySpan<StateAction> actions)
    {
        var declined = new HashSet<long>();
        foreach (StateAction action in actions)
        {
            if (action.Kind == StateActionKind.Decline)
            {
                Assert.Contains(planned, step => step.Handle == action.Handle);
                Assert.True(declined.Add(action.Handle.Value), $"{action} came twice");
            }
        }

        foreach ((PlannedNode node, StateHandle handle) in planned.Where(step => !declined.Contains(step.Handle.Value)))
        {
            _states.Add(handle.Value, new()
            {
                Space = space,
                Path = sequence[..((node.Tokens + pageTokens - 1) / pageTokens)],
                EndTokens = node.Tokens,
                Checkpoint = node.Checkpoint,
                FromTokens = NotKnown,
            });
        }

        foreach (StateAction action in actions)
        {
            switch (action.Kind)
            {
                case StateActionKind.Free:
                    Assert.True(_states.Remove(action.Handle.Value, out State? freed), $"{action}: no such handle");
                    Assert.Equal(action.Tokens, freed!.EndTokens - freed.FromTokens);
                    break;
                case StateActionKind.Join:
                    Assert.True(_states.Remove(action.Handle.Value, out State? joined), $"{action}: no such handle");
                    State child = _states[action.Other.Value];
                    if (child.FromTokens == NotKnown)
                    {
                        child.FromTokens = joined!.EndTokens;
                    }

                    Assert.Equal(joined!.EndTokens, child.FromTokens);
                    child.FromTokens = joined.FromTokens;
                    break;
                case StateActionKind.Split:
                    State lower = _states[action.Handle.Value];
                    State upper = _states[action.Other.Value];
                    Assert.Equal(upper.EndTokens, lower.FromTokens + action.Tokens);
                    upper.FromTokens = lower.FromTokens;
                    lower.FromTokens = upper.EndTokens;
                    break;
                case StateActionKind.FreeCheckpoint:
                    State fork = _states[action.Handle.Value];
                    Assert.True(fork.Checkpoint, $"{action}: it holds none");
                    fork.Checkpoint = false;
                    break;
                case StateActionKind.Trim:
                    State leaf = _states[action.Handle.Value];
                    Assert.InRange(action.Tokens, 1, leaf.EndTokens - leaf.FromTokens - 1);
                    leaf.EndTokens -= action.Tokens;
                    Assert.Equal(0, leaf.EndTokens % pageTokens);
                    leaf.Path = leaf.Path[..(leaf.EndTokens / pageTokens)];
                    break;
            }
        }

        // A new leaf holds what comes after the deepest state above it.
        foreach (State made in _states.Values.Where(state => state.FromTokens == NotKnown).OrderBy(state => state.EndTokens))
        {
            made.FromTokens = _states.Values.Where(above => IsAbove(above, made)).Select(above => above.EndTokens).DefaultIfEmpty(0).Max();
        }
    }

    /// <summary>Every run of KV begins at the root or where one above it ends, and no two states stand at the same place.</summary>
    public void CheckRuns()
    {
        foreach (State state in _states.Values)
        {
            int begins = _states.Values.Where(above => IsAbove(above, state)).Select(above => above.EndTokens).DefaultIfEmpty(0).Max();
            Assert.True(begins == state.FromTokens, $"the KV of the state at {state.EndTokens} begins at {state.FromTokens}, but the state above ends at {begins}");
            Assert.True(state.FromTokens < state.EndTokens, "a state holds at least one token");
        }

        // No page, and no block, is held twice: runs that begin at one place part at once.
        Assert.Distinct(_states.Values.Select(state => (state.Space, string.Join(',', state.Path.Take((state.FromTokens / pageTokens) + _unit)))));
    }

    private static bool IsAbove(State above, State state)
        => !ReferenceEquals(above, state) && above.Space == state.Space && above.EndTokens < state.EndTokens
            && above.Path.Length <= state.Path.Length && state.Path.AsSpan(0, above.Path.Length).SequenceEqual(above.Path);
}
