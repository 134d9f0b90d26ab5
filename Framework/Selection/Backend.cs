namespace Squelch;

/// <summary>A way to carry out a selection. All give the same victim; tests and benchmarks name one, the plan picks one.</summary>
public enum Backend
{
    /// <summary>The reference: one node at a time, first the extremes, then the scores.</summary>
    Scalar,

    /// <summary>Every candidate, in vectors of 128 bits.</summary>
    Vector128,

    /// <summary>Every candidate, in vectors of 256 bits.</summary>
    Vector256,

    /// <summary>Every candidate, in vectors of 512 bits.</summary>
    Vector512,

    /// <summary>Every candidate, in the widest vectors that the processor accelerates.</summary>
    Simd,

    /// <summary>Blocks whose lower bound exceeds the best score so far are skipped.</summary>
    Pruned,

    /// <summary>The head of a heap or list that is kept in order.</summary>
    Ordered,
}
