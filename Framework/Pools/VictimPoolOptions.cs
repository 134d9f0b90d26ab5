namespace Squelch;

/// <summary>How a victim pool is set up.</summary>
public sealed record VictimPoolOptions
{
    /// <summary>
    /// Gives the bytes and FLOPs that the engine does not tell. Default: <see cref="ModelShape.Keys"/>, where an entry has a byte per token and costs 1.
    /// </summary>
    public ModelShape Model { get; init; } = ModelShape.Keys;

    /// <summary>Slots are below this. A larger one is taken for a mistake, since the pool keeps a number for each slot up to the highest used.</summary>
    public int MostSlots { get; init; } = 1 << 24;

    /// <summary>Entries for which there is room from the start; it grows where that is not enough.</summary>
    public int Entries { get; init; }

    /// <summary>Seed of the feature <c>draw</c>. Pools that must agree need the same one.</summary>
    public ulong Seed { get; init; }

    /// <summary>Puts another selector, which must choose the same victims, in front of the policy's own: see Squelch.GpuScoring. Null for the policy's own.</summary>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>Whom policies ask that work with predictions (<see cref="IPredictedSelector"/>); null for nobody.</summary>
    public INextUsePredictor? Predictor { get; init; }

    /// <summary>Whom policies ask that follow predicted contents (<see cref="IContentsPredictedSelector"/>); null for nobody.</summary>
    public IContentsPredictor? Contents { get; init; }
}
