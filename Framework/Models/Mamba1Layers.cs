namespace Squelch;

/// <summary>
/// Mamba-1 (Gu and Dao 2023): inner dimension I, state I x N. Scan and element-wise work are counted as in the Marconi paper
/// (8 I N and 5 I FLOPs per token, its 16 D N and 10 D at I = 2 D); projections and convolution by their shapes.
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D.</param>
/// <param name="Inner">Inner dimension I, usually 2 D.</param>
/// <param name="State">State dimension N.</param>
/// <param name="DtRank">Rank R of the time-step projection, usually D / 16.</param>
public sealed record Mamba1Layers(int Count, int Hidden, int Inner, int State, int DtRank) : LayerGroup(Count)
{
    /// <summary>Taps of the causal convolution; taps - 1 inputs are kept.</summary>
    public int Convolution { get; init; } = 4;

    /// <summary>Bytes of a number in the state and the convolution: 2 for fp16 and bf16, 4 where the engine keeps fp32.</summary>
    public int BytesPerElement { get; init; } = 2;

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Recurrent;

    /// <summary>In D x 2I, out I x D, x I x (R + 2N), dt R x I, convolution, scan, element-wise. FLOPs per token.</summary>
    public override long LinearFlops => checked(
        (6L * Hidden * Inner) + (2L * Inner * (DtRank + (2L * State))) + (2L * DtRank * Inner)
        + (2L * Convolution * Inner) + (8L * Inner * State) + (5L * Inner));

    /// <summary>I N numbers of state and I (taps - 1) of convolution.</summary>
    public override long StateBytes => checked(((long)Inner * State * BytesPerElement) + ((long)Inner * (Convolution - 1) * BytesPerElement));

    internal override IEnumerable<(string Name, int Value)> Sizes
        => [("count", Count), ("hidden", Hidden), ("inner", Inner), ("state", State), ("dtRank", DtRank), ("convolution", Convolution), ("bytesPerElement", BytesPerElement)];
}
