namespace Squelch;

/// <summary>Predicts what the best cache of this size would hold (action predictions: Antoniadis et al., ICML 2020).</summary>
public interface IContentsPredictor
{
    /// <summary>Predicts anew: until it is asked again it speaks of the contents after the request that is running. This is the expensive call.</summary>
    void Ask();

    /// <summary>True where the contents that were predicted last have a prefix or key (<see cref="Access.Key"/>); false before the first prediction.</summary>
    bool Holds(ulong key);
}

/// <summary>A selector that follows predicted contents.</summary>
public interface IContentsPredictedSelector : IVictimSelector
{
    /// <summary>Who is asked; null for nobody, and then the selector does without. A replay sets what the best selector held, found by a replay before.</summary>
    IContentsPredictor? Contents { get; set; }

    /// <summary>Predictions asked for so far.</summary>
    long Queries { get; }

    /// <summary>The selector whose contents a replay gives as predictions; it may read the feature <c>nextUse</c>.</summary>
    /// <param name="nodes">The nodes of its cache.</param>
    /// <param name="seed">The seed of <c>draw</c>.</param>
    IVictimSelector CreateOptimum(NodeTable nodes, ulong seed);
}
