namespace Squelch;

/// <summary>
/// Chooses victims among the candidates of one tree. The cache tells it of each change; it keeps whatever columns it needs.
/// Not thread-safe: one writer at a time. After warm-up no member allocates. Roots are never passed in.
/// </summary>
public interface IVictimSelector
{
    /// <summary>Makes room for node ids 0..<paramref name="capacity"/>-1; existing values stay.</summary>
    void Grow(int capacity);

    /// <summary>True where the selector remembers its victims: caches then name what they insert, which takes a prefix cache a pass over the request.</summary>
    bool RemembersKeys => false;

    /// <summary>
    /// True where a selection that no eviction follows changes nothing that later victims depend on. False where a hand moves on, or a second chance is used
    /// up: a <see cref="VictimPool"/> then refuses to tell several victims beforehand.
    /// </summary>
    bool SelectionLeavesNoTrace => false;

    /// <summary>A request missed: room is about to be made, then a node inserted, unless it does not fit. Told only where the selector remembers keys, or always by caches of keys.</summary>
    void Arrive(in Access access)
    {
    }

    /// <summary>The node was made; it is not yet a candidate.</summary>
    void Insert(int node, in Access access);

    /// <summary>The node that was just made was cut off the front of another, its child now: whoever used that went through it.</summary>
    void Split(int node, int lower)
    {
    }

    /// <summary>A lookup used the node: its hits grow by one and it is touched.</summary>
    void Hit(int node, in Access access);

    /// <summary>The node's last access is now.</summary>
    void Touch(int node, in Access access);

    /// <summary>The node's edge changed (split, join): tokens, bytes, FLOPs.</summary>
    void EdgeChanged(int node);

    /// <summary>The number of the node's children changed.</summary>
    void ChildrenChanged(int node);

    /// <summary>The node may, or may no longer, be evicted. Called only on a change.</summary>
    void SetCandidate(int node, bool candidate);

    /// <summary>Writes the policy's states, in order of declaration: what a <see cref="CheckpointAttribute"/> formula reads of them. A selector without states leaves all as it is.</summary>
    /// <param name="states">Room for one number per state.</param>
    void CopyStates(Span<double> states)
    {
    }

    /// <summary>The candidate was chosen as a victim and is about to go (policy state is updated here).</summary>
    void Evicting(int node, double now);

    /// <summary>The node is gone; its id may be used again. It is no candidate any more.</summary>
    void Remove(int node);

    /// <summary>The candidate with the lowest score (ties: lowest creation number; NaN is above everything), or -1 where there is none.</summary>
    int Select(double now);

    /// <summary>The cache is about to free this many bytes by victims of one moment; a selector may choose several at once.</summary>
    void Expect(long bytes)
    {
    }

    /// <summary>Sets the tunables, in descriptor order, keeping all nodes.</summary>
    void Retune(ReadOnlySpan<double> tunables);
}
