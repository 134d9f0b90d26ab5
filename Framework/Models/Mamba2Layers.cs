namespace Squelch;

/// <summary>
/// Mamba-2 (Dao and Gu 2024): H heads of dimension P, inner dimension I = H P, state H x P x N, B and C shared by G groups. Scan and
/// element-wise work are counted as in the Marconi paper (8 I N and 5 I FLOPs per token); projections and convolution by their shapes.
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D.</param>
/// <param name="Heads">Heads H.</param>
/// <param name="HeadDim">Dimension P of a head.</param>
/// <param name="State">State dimension N.</param>
/// <param name="Groups">Groups G.</param>
public sealed record Mamba2Layers(int Count, int Hidden, int Heads, int HeadDim, int State, int Groups) : LayerGroup(Count)
{
    /// <summary>Taps of the causal convolution; taps - 1 inputs are kept.</summary>
    public int Convolution { get; init; } = 4;

    /// <summary>Bytes of a number in the state and the convolution: 2 for fp16 and bf16, 4 where the engine keeps fp32.</summary>
    public int BytesPerElement { get; init; } = 2;

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Recurrent;

    private long Inner => (long)Heads * HeadDim;

    /// <summary>The convolution runs over x, B and C.</summary>
    private long Channels => Inner + (2L * Groups * State);

    /// <summary>In D x (2I + 2GN + H), out I x D, convolution, scan, element-wise. FLOPs per token.</summary>
    public override long LinearFlops => checked(
        (2L * Hidden * (Inner + Channels + Heads)) + (2L * Inner * Hidden)
        + (2L * Convolution * Channels) + (8L * Inner * State) + (5L * Inner));

    /// <summary>I N numbers of state and (I + 2GN) (taps - 1) of convolution.</summary>
    public override long StateBytes => checked((Inner * State * BytesPerElement) + (Channels * (Convolution - 1) * BytesPerElement));

    internal override IEnumerable<(string Name, int Value)> Sizes
        => [("count", Count), ("hidden", Hidden), ("heads", Heads), ("headDim", HeadDim), ("state", State), ("groups", Groups), ("convolution", Convolution), ("bytesPerElement", BytesPerElement)];
}
