using System.Collections.Immutable;
using System.ComponentModel;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>What the kernels of a policy need to know besides its formula.</summary>
/// <param name="Columns">Columns that the scores read; they are the first ones of the selector.</param>
/// <param name="ScaledTerms">The terms that are scaled over the candidates, by their number among all terms.</param>
/// <param name="Orders">The number of scores: 1, or more for a lexicographic order.</param>
/// <param name="ReadsState">A score reads a policy state, which victims, uses and new nodes may change, and with it all scores.</param>
/// <param name="Single">The columns are of single precision.</param>
/// <param name="Bounded">The first score is known between bounds only; the CPU ranks what they leave.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record DeviceShape(int Columns, ImmutableArray<int> ScaledTerms, int Orders, bool ReadsState, bool Single, bool Bounded)
{
    /// <summary>Scores have a bound over a block of nodes, and scaled terms move with one column each: most blocks need not be read.</summary>
    public bool Summarized { get; init; }
}
