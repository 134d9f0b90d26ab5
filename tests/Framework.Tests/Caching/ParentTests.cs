using Squelch.Policies;

namespace Squelch.Tests.Caching;

/// <summary>What a selector is told of the place where a node is made.</summary>
public sealed class ParentTests
{
    private static readonly int[] s_first = [1, 2, 3, 4];

    [Fact]
    public void UnderTheRootThereIsNoParent() => Assert.Equal([(null, false)], Made(new(Checkpoints.LastToken), s_first));

    [Fact]
    public void ASequenceThatGoesOnContinuesTheLeaf() => Assert.Equal([(null, false), (4, true)], Made(new(Checkpoints.LastToken), s_first, [1, 2, 3, 4, 5, 6]));

    /// <summary>The cut of the edge and the new leaf have no parent but the root; a second branch has the cut, which continues nothing.</summary>
    [Fact]
    public void ABranchContinuesNothing()
        => Assert.Equal([(null, false), (null, false), (null, false), (2, false)], Made(new(Checkpoints.BranchPoint | Checkpoints.LastToken), s_first, [1, 2, 9], [1, 2, 8]));

    /// <summary>One request makes three nodes: all go on from the node that was there before.</summary>
    [Fact]
    public void AllNodesOfARequestHaveTheParentThatWasThereBefore()
        => Assert.Equal(
            [(null, false), (null, false), (4, true), (4, true), (4, true)],
            Made(new(Checkpoints.Interval | Checkpoints.LastToken) { Every = 2 }, s_first, [1, 2, 3, 4, 5, 6, 7, 8, 9]));

    /// <summary>For each node that was made, in order: the tokens up to its parent's end, and whether it continues it.</summary>
    private static (int? Tokens, bool Continues)[] Made(AdmissionAttribute admission, params int[][] sequences)
    {
        var told = new List<(int? Tokens, bool Continues)>();
        PolicyDescriptor descriptor = Lru.Descriptor with { Admission = new(admission.Checkpoints, admission.Every, admission.Align) };
        using var cache = new PrefixCache(descriptor, new() { CapacityBytes = 1_000_000_000_000 }, (nodes, seed) => new Listener(nodes, told));
        foreach (int[] sequence in sequences)
        {
            cache.Commit(cache.Lookup(sequence), sequence);
        }

        return [.. told];
    }

    private sealed class Listener(NodeTable nodes, List<(int? Tokens, bool Continues)> told) : IVictimSelector
    {
        public void Insert(int node, in Access access) => told.Add((access.Parent is { } parent ? nodes.DepthTokens(parent) : null, access.Continues));

        public void Grow(int capacity)
        {
        }

        public void Hit(int node, in Access access) => Assert.Null(access.Parent);

        public void Touch(int node, in Access access) => Assert.Null(access.Parent);

        public void EdgeChanged(int node)
        {
        }

        public void ChildrenChanged(int node)
        {
        }

        public void SetCandidate(int node, bool candidate)
        {
        }

        public void Evicting(int node, double now)
        {
        }

        public void Remove(int node)
        {
        }

        public int Select(double now) => NodeTable.None;

        public void Retune(ReadOnlySpan<double> tunables)
        {
        }
    }
}
