namespace Squelch.Lab;

/// <summary>A candidate as a selection saw it.</summary>
/// <param name="PathTokens">Tokens from the root to the node's end.</param>
/// <param name="EdgeTokens">Tokens on its edge.</param>
/// <param name="Children">Children of the node: without one it would go as a leaf, with one only its checkpoint would.</param>
/// <param name="FreedBytes">What that frees: checkpoint and KV of the edge, or the checkpoint alone.</param>
/// <param name="LostTokens">
/// What that costs a request which would have gone on from the node: the tokens it prefills again, from the last checkpoint above (or the last KV,
/// where the model needs no checkpoints).
/// </param>
/// <param name="Creation">Its creation number, which decides between equal scores.</param>
/// <param name="Score">Its (first) score.</param>
/// <param name="Terms">The parts of the score, or the scores of a lexicographic order.</param>
public sealed record CandidateScore(int PathTokens, int EdgeTokens, int Children, long FreedBytes, int LostTokens, long Creation, double Score, IReadOnlyList<TermValue> Terms);

/// <summary>Why a node was the victim.</summary>
/// <param name="Victim">The victim.</param>
/// <param name="Candidates">How many could have gone.</param>
/// <param name="Lowest">The candidates with the lowest scores, in the order in which they would go; the victim is the first.</param>
/// <param name="IsLastResort">There was no candidate, and the commit gave up the node that its own request had used.</param>
public sealed record VictimExplanation(VictimRecord Victim, int Candidates, IReadOnlyList<CandidateScore> Lowest, bool IsLastResort);
