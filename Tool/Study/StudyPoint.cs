namespace Squelch.Tool;

/// <summary>Under which conditions a trace is replayed.</summary>
/// <param name="Share">Capacity, as a share of what the trace fills with endless room and the paper's 7B hybrid.</param>
internal sealed record StudyPoint(double Share)
{
    /// <summary>Sessions begin so many times as often as in the trace.</summary>
    public double Rate { get; init; } = 1;

    /// <summary>A session's requests are so many times as far apart.</summary>
    public double Think { get; init; } = 1;

    /// <summary>The model. The capacity in bytes is the same for all.</summary>
    public ModelShape Model { get; init; } = ModelShape.PaperHybrid;

    /// <summary>The capacity for a trace.</summary>
    public long CapacityBytes(long footprint) => Math.Max(Model.LeastBytes, ByteSize.Round((long)(Share * footprint)));
}
