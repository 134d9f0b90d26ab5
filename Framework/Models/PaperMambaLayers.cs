namespace Squelch;

/// <summary>
/// A Mamba layer by the Marconi paper's formulas (tables 1 and 2), number for number. Real Mamba layers are
/// <see cref="Mamba1Layers"/> and <see cref="Mamba2Layers"/>: their state spans the expanded dimension 2D, the paper's D.
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D.</param>
/// <param name="State">State dimension N.</param>
public sealed record PaperMambaLayers(int Count, int Hidden, int State) : LayerGroup(Count)
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Recurrent;

    /// <summary>12 D^2 + 16 D N + 10 D FLOPs per token.</summary>
    public override long LinearFlops => checked((12L * Hidden * Hidden) + (16L * Hidden * State) + (10L * Hidden));

    /// <summary>2 D N bytes of state and 8 (2 D + 2 N) bytes of convolution, all fp16.</summary>
    public override long StateBytes => checked((2L * Hidden * State) + (8 * ((2L * Hidden) + (2L * State))));

    internal override IEnumerable<(string Name, int Value)> Sizes => [("count", Count), ("hidden", Hidden), ("state", State)];
}
