namespace Squelch;

/// <summary>
/// Gated delta net (Yang, Kautz and Hatamizadeh 2024; Qwen3-Next): per value head a state of key dim x value dim, decayed, corrected by the
/// delta rule and read. Keys and queries have K = key heads * key dim numbers, values and gates V = value heads * value dim.
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D.</param>
/// <param name="KeyHeads">Key and query heads.</param>
/// <param name="KeyDim">Dimension of a key head.</param>
/// <param name="ValueHeads">Value heads.</param>
/// <param name="ValueDim">Dimension of a value head.</param>
public sealed record GatedDeltaNetLayers(int Count, int Hidden, int KeyHeads, int KeyDim, int ValueHeads, int ValueDim) : LayerGroup(Count)
{
    /// <summary>Taps of the causal convolution; taps - 1 inputs are kept.</summary>
    public int Convolution { get; init; } = 4;

    /// <summary>Bytes of a number in the state and the convolution: 2 for fp16 and bf16, 4 where the engine keeps fp32.</summary>
    public int BytesPerElement { get; init; } = 2;

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Recurrent;

    private long Keys => (long)KeyHeads * KeyDim;

    private long Values => (long)ValueHeads * ValueDim;

    /// <summary>The convolution runs over queries, keys and values.</summary>
    private long Channels => (2 * Keys) + Values;

    private long StateNumbers => checked((long)ValueHeads * KeyDim * ValueDim);

    /// <summary>
    /// In D x (2K + 2V + 2 value heads), out V x D, convolution, and 7 per number of state: decay 1, prediction 2, correction 2, read-out 2.
    /// FLOPs per token.
    /// </summary>
    public override long LinearFlops => checked(
        (2L * Hidden * (Channels + Values + (2L * ValueHeads))) + (2L * Values * Hidden) + (2L * Convolution * Channels) + (7 * StateNumbers));

    /// <summary>The state of every value head and (2K + V) (taps - 1) numbers of convolution.</summary>
    public override long StateBytes => checked((StateNumbers + (Channels * (Convolution - 1))) * BytesPerElement);

    internal override IEnumerable<(string Name, int Value)> Sizes
        => [("count", Count), ("hidden", Hidden), ("keyHeads", KeyHeads), ("keyDim", KeyDim), ("valueHeads", ValueHeads), ("valueDim", ValueDim), ("convolution", Convolution), ("bytesPerElement", BytesPerElement)];
}
