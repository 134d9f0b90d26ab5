namespace Squelch;

/// <summary>
/// Attention with grouped keys and values. With heads * head dim = hidden = KV heads * head dim these are the Marconi paper's
/// formulas (table 1): 8 L D^2 + 4 L^2 D FLOPs, 4 L D bytes of KV in fp16.
/// </summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model dimension D: the width of the layer's output.</param>
/// <param name="Heads">Query heads.</param>
/// <param name="KvHeads">Key and value heads.</param>
/// <param name="HeadDim">Dimension of a head.</param>
public sealed record AttentionLayers(int Count, int Hidden, int Heads, int KvHeads, int HeadDim) : LayerGroup(Count)
{
    /// <summary>Bytes of a number in the KV state: 2 for fp16 and bf16, 1 for fp8.</summary>
    public int BytesPerElement { get; init; } = 2;

    /// <summary>Width of the layer's input where it is not <see cref="Hidden"/> (Zamba2 joins the embedding to it); else 0.</summary>
    public int Input { get; init; }

    /// <summary>True where the output is gated by one more projection of the input, as wide as the queries (Qwen3-Next).</summary>
    public bool Gated { get; init; }

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Attention;

    /// <summary>Projections: queries (twice where gated), keys, values; then the output. FLOPs per token.</summary>
    public override long LinearFlops
    {
        get
        {
            long input = Input > 0 ? Input : Hidden;
            long queries = (long)Heads * HeadDim;
            long keys = (long)KvHeads * HeadDim;
            return checked((2 * input * ((queries * (Gated ? 2 : 1)) + (2 * keys))) + (2 * queries * Hidden));
        }
    }

    /// <summary>Scores and their use: 4 * heads * head dim FLOPs per token squared. As in the paper the causal mask saves nothing.</summary>
    public override long QuadraticFlops => checked(4L * Heads * HeadDim);

    /// <summary>One key and one value per KV head.</summary>
    public override long KvBytesPerToken => checked(2L * KvHeads * HeadDim * BytesPerElement);

    internal override IEnumerable<(string Name, int Value)> Sizes
        => [("count", Count), ("hidden", Hidden), ("heads", Heads), ("kvHeads", KvHeads), ("headDim", HeadDim), ("bytesPerElement", BytesPerElement)];

    internal override IEnumerable<(string Name, int Value)> OptionalSizes => [("input", Input)];
}
