namespace Squelch;

/// <summary>One victim.</summary>
/// <param name="Request">Index of the request that made room.</param>
/// <param name="IsJoin">False: a leaf went, or its last tokens. True: the checkpoint of a node with children went.</param>
/// <param name="Clock">The cache's clock.</param>
/// <param name="PathTokens">Tokens from the root to the node's end.</param>
/// <param name="EdgeTokens">Tokens on its edge.</param>
/// <param name="Node">The node's id, which may be used again once it has gone.</param>
public readonly record struct VictimRecord(long Request, bool IsJoin, long Clock, int PathTokens, int EdgeTokens, int Node = NodeTable.None)
{
    /// <summary>What went: a leaf (<see cref="StateActionKind.Free"/>), its last tokens, or a checkpoint, whose KV joined the only child's or stayed.</summary>
    public StateActionKind Action { get; init; } = IsJoin ? StateActionKind.Join : StateActionKind.Free;
}
