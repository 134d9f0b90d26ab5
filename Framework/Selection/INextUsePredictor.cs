namespace Squelch;

/// <summary>Predicts when a node will be used next. A prediction is expensive (a model is run, a history searched): selectors ask for few.</summary>
public interface INextUsePredictor
{
    /// <summary>The predicted time, in ticks of the cache's clock; infinity for never.</summary>
    /// <param name="node">A resident node.</param>
    /// <param name="now">The clock.</param>
    double NextUse(int node, double now);
}

/// <summary>A selector that asks a predictor about some of its candidates.</summary>
public interface IPredictedSelector : IVictimSelector
{
    /// <summary>Who is asked; null for nobody, and then the selector does without. A replay sets its oracle, with the errors it was asked for.</summary>
    INextUsePredictor? Predictor { get; set; }

    /// <summary>Predictions asked for so far.</summary>
    long Queries { get; }
}
