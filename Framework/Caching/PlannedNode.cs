namespace Squelch;

/// <summary>A node that a commit will make.</summary>
/// <param name="Tokens">Tokens from the root to its end.</param>
/// <param name="Checkpoint">True where a checkpoint is wanted there.</param>
public readonly record struct PlannedNode(int Tokens, bool Checkpoint);
