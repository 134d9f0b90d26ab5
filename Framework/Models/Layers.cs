namespace Squelch;

/// <summary>Attention layers of one shape. FLOPs(L) = 2 L d (2 q + 2 kv) + 4 L^2 q with q = heads x head size, kv = KV heads x head size; for
/// full multi-head attention (q = kv = d) that is 8 L d^2 + 4 L^2 d (Marconi, table 1).</summary>
/// <param name="Count">Layers.</param>
/// <param name="Hidden">Model width d.</param>
/// <param name="QueryWidth">Heads times head size.</param>
/// <param name="KvWidth">KV heads times head size.</param>
public sealed record AttentionLayers(int Count, long Hidden, long QueryWidth, long KvWidth)
{
    /// <summary>KV bytes per token of all layers at 2 bytes per number: keys and values.</summary>
    public long KvBytesPerToken => Count * 2 * KvWidth * 2;

    /// <summary>FLOPs per token.</summary>
    public long Linear => Count * 4 * Hidden * (QueryWidth + KvWidth);

    /// <summary>FLOPs per squared token.</summary>
    public long Quadratic => Count * 4 * QueryWidth;
}

/// <summary>Recurrent layers of one shape (Mamba-1, Mamba-2, gated delta net).</summary>
/// <param name="Count">Layers.</param>
/// <param name="StateNumbers">Numbers in one layer's recurrent state.</param>
/// <param name="ConvolutionNumbers">Numbers in one layer's convolution state: channels times kernel width.</param>
/// <param name="Linear">FLOPs per token of one layer.</param>
/// <param name="StateBytesPerNumber">Bytes per number of both states.</param>
public sealed record RecurrentLayers(int Count, long StateNumbers, long ConvolutionNumbers, long Linear, int StateBytesPerNumber = 2)
{
    /// <summary>The paper's recurrent layer: state d n, convolution (2d + 2n) x 4, FLOPs 12 L d^2 + 16 L d n + 10 L d (Marconi, tables 1 and 2).</summary>
    public static RecurrentLayers Paper(int count, long hidden, long state)
        => new(count, hidden * state, ((2 * hidden) + (2 * state)) * 4, (12 * hidden * hidden) + (16 * hidden * state) + (10 * hidden));

    /// <summary>Mamba: projections 2 d (2 e + ...) into an inner width e, a scan over e x n numbers, a projection back; a kernel of 4 over the channels.</summary>
    /// <param name="count">Layers.</param>
    /// <param name="hidden">Model width d.</param>
    /// <param name="inner">Inner width e.</param>
    /// <param name="state">State size n per channel.</param>
    /// <param name="convolved">Channels of the convolution: e for Mamba-1, e + 2 groups n for Mamba-2.</param>
    public static RecurrentLayers Mamba(int count, long hidden, long inner, long state, long convolved)
        => new(count, inner * state, convolved * 4, (6 * hidden * inner) + (8 * inner * state) + (8 * convolved));

    /// <summary>Bytes of one checkpoint of these layers.</summary>
    public long CheckpointBytes => Count * (StateNumbers + ConvolutionNumbers) * StateBytesPerNumber;
}

/// <summary>MLP layers of one shape, dense or the active experts of a mixture: FLOPs(L) = 2 L x weights used per token.</summary>
/// <param name="Count">Layers.</param>
/// <param name="ActiveWeights">Weights of one layer that a token uses.</param>
public sealed record MlpLayers(int Count, long ActiveWeights)
{
    /// <summary>The paper's MLP: 16 L d^2 (Marconi, table 1).</summary>
    public static MlpLayers Paper(int count, long hidden) => new(count, 8 * hidden * hidden);

    /// <summary>FLOPs per token.</summary>
    public long Linear => Count * 2 * ActiveWeights;
}
