using System.Collections.Immutable;

namespace Squelch;

/// <summary>Bytes and FLOPs of a model, layer kind by layer kind. A prefill of L tokens costs a L + b L^2 FLOPs.</summary>
public sealed record ModelShape
{
    private readonly long _attentionLinear;
    private readonly long _attentionQuadratic;
    private readonly long _recurrentLinear;
    private readonly long _mlpLinear;
    private readonly long _kvBytesPerToken;

    /// <summary>A model of layer groups.</summary>
    /// <param name="name">The name used on the command line.</param>
    /// <param name="source">Where the numbers are from.</param>
    /// <param name="attention">Attention layers.</param>
    /// <param name="recurrent">Recurrent layers.</param>
    /// <param name="mlp">MLP layers.</param>
    public ModelShape(string name, string source, IEnumerable<AttentionLayers> attention, IEnumerable<RecurrentLayers> recurrent, IEnumerable<MlpLayers> mlp)
    {
        Name = name;
        Source = source;
        Attention = [.. attention];
        Recurrent = [.. recurrent];
        Mlp = [.. mlp];
        _attentionLinear = Attention.Sum(layers => layers.Linear);
        _attentionQuadratic = Attention.Sum(layers => layers.Quadratic);
        _recurrentLinear = Recurrent.Sum(layers => layers.Count * layers.Linear);
        _mlpLinear = Mlp.Sum(layers => layers.Linear);
        _kvBytesPerToken = Attention.Sum(layers => layers.KvBytesPerToken);
        CheckpointBytes = Recurrent.Sum(layers => layers.CheckpointBytes);
    }

    /// <summary>The Marconi paper's 7B hybrid: 24 recurrent, 4 attention, 28 MLP layers, width 4096, state 128 (section 5.1).</summary>
    public static ModelShape PaperHybrid { get; } = Paper("marconi-7b", 24, 4, 28, 4096, 128);

    /// <summary>The name used on the command line.</summary>
    public string Name { get; }

    /// <summary>Where the numbers are from.</summary>
    public string Source { get; }

    /// <summary>Attention layers.</summary>
    public ImmutableArray<AttentionLayers> Attention { get; }

    /// <summary>Recurrent layers.</summary>
    public ImmutableArray<RecurrentLayers> Recurrent { get; }

    /// <summary>MLP layers.</summary>
    public ImmutableArray<MlpLayers> Mlp { get; }

    /// <summary>Bytes of one checkpoint: all recurrent layers' states; 0 for a model without recurrent layers.</summary>
    public long CheckpointBytes { get; }

    /// <summary>A model by the Marconi paper's formulas (tables 1 and 2).</summary>
    public static ModelShape Paper(string name, int recurrent, int attention, int mlp, int hidden, int state)
        => new(
            name,
            $"formulas of the Marconi paper, tables 1 and 2: {recurrent} recurrent, {attention} attention, {mlp} MLP layers, d {hidden}, n {state}",
            [new AttentionLayers(attention, hidden, hidden, hidden)],
            [RecurrentLayers.Paper(recurrent, hidden, state)],
            [MlpLayers.Paper(mlp, hidden)]);

    /// <summary>KV bytes of so many tokens.</summary>
    public long KvBytes(long tokens) => _kvBytesPerToken * tokens;

    /// <summary>FLOPs of a prefill of so many tokens; an exact integer below 2^53.</summary>
    public double TotalFlops(long tokens)
        => (((_attentionLinear + _recurrentLinear + _mlpLinear) * tokens) + (_attentionQuadratic * tokens * tokens));

    /// <summary>FLOPs of a prefill of so many tokens, by layer kind.</summary>
    public FlopCount Flops(long tokens)
    {
        Int128 length = tokens;
        return new((_attentionLinear * length) + (_attentionQuadratic * length * length), _recurrentLinear * length, _mlpLinear * length);
    }
}
