namespace Squelch;

/// <summary>What is known of a request whose checkpoints are chosen.</summary>
/// <param name="Hints">The engine's hints.</param>
/// <param name="Now">The clock.</param>
/// <param name="InputTokens">Tokens of its input.</param>
/// <param name="RefusedPages">Pages from the root to the branch point for which its lookup told the engine to capture nothing; 0 where there is none.</param>
internal readonly record struct CheckpointRequest(RequestHints Hints, long Now, int InputTokens, int RefusedPages = 0);
