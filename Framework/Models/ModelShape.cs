using System.Collections.Immutable;

namespace Squelch;

/// <summary>Bytes and FLOPs of a model, from its groups of layers.</summary>
public sealed class ModelShape
{
    private readonly long _kvBytesPerToken;
    private readonly Int128 _attentionLinear;
    private readonly Int128 _attentionQuadratic;
    private readonly Int128 _recurrentLinear;
    private readonly Int128 _mlpLinear;
    private readonly double _linear;
    private readonly double _quadratic;
    private readonly double _fixed;

    /// <summary>A model of these layers.</summary>
    /// <param name="name">Its name, by which it is chosen and reported.</param>
    /// <param name="source">Where the numbers come from.</param>
    /// <param name="layers">Groups of layers, in any order.</param>
    /// <exception cref="SquelchException">A size is not positive or absurdly large, or no layer keeps a state.</exception>
    /// <exception cref="ArgumentException">The name is blank, or the array of layers was never set.</exception>
    public ModelShape(string name, string source, ImmutableArray<LayerGroup> layers)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(source);
        if (layers.IsDefault)
        {
            throw new ArgumentException("The array of layers was never set.", nameof(layers));
        }

        Name = name;
        Source = source;
        Layers = layers;
        try
        {
            checked
            {
                foreach (LayerGroup layer in layers)
                {
                    RequirePositive(name, layer);
                    CheckpointBytes += layer.Count * layer.StateBytes;
                    _kvBytesPerToken += layer.Count * layer.KvBytesPerToken;
                    _fixed += layer.Count * layer.FixedFlops;
                    switch (layer.Kind)
                    {
                        case LayerKind.Attention:
                            _attentionLinear += (Int128)layer.Count * layer.LinearFlops;
                            _attentionQuadratic += (Int128)layer.Count * layer.QuadraticFlops;
                            break;
                        case LayerKind.Recurrent:
                            _recurrentLinear += (Int128)layer.Count * layer.LinearFlops;
                            break;
                        default:
                            _mlpLinear += (Int128)layer.Count * layer.LinearFlops;
                            break;
                    }
                }
            }
        }
        catch (OverflowException overflow)
        {
            throw new SquelchException($"model '{name}': its bytes or FLOPs exceed 64 bits. Check the sizes of its layers.", overflow);
        }

        // One token must stay far below 2^53 FLOPs, and 2^31 tokens below 2^63 bytes, or the promises of the members break.
        if (_attentionLinear + _recurrentLinear + _mlpLinear >= 1L << 52 || CheckpointBytes >= 1L << 50 || _kvBytesPerToken >= 1L << 31)
        {
            throw new SquelchException($"model '{name}': larger than any model (2^52 FLOPs per token, 2^50 bytes of checkpoint, 2^31 bytes of KV per token). Check the sizes of its layers.");
        }

        if (CheckpointBytes + _kvBytesPerToken == 0)
        {
            throw new SquelchException($"model '{name}': keeps no state, so there is nothing to cache. Give it at least one attention or recurrent layer.");
        }

        _linear = (double)(long)(_attentionLinear + _recurrentLinear + _mlpLinear);
        _quadratic = (double)(long)_attentionQuadratic;
    }

    /// <summary>The Marconi paper's 7B hybrid, the default model.</summary>
    public static ModelShape PaperHybrid => ModelCatalog.MarconiHybrid;

    /// <summary>What keys of a flat trace cost: a token is a byte, and fetching a key is one FLOP whatever its size, unless <see cref="RequestHints.Cost"/> says more.</summary>
    public static ModelShape Keys { get; } = new("keys", "flat key traces: one byte per token, one FLOP per key", [new KeyLayer()]);

    /// <summary>Its name, by which it is chosen and reported.</summary>
    public string Name { get; }

    /// <summary>Where the numbers come from.</summary>
    public string Source { get; }

    /// <summary>The groups of layers.</summary>
    public ImmutableArray<LayerGroup> Layers { get; }

    /// <summary>Bytes of one checkpoint: the state of every recurrent layer after one prefix. 0 for a pure-attention model.</summary>
    public long CheckpointBytes { get; }

    /// <summary>KV bytes of one token in all attention layers.</summary>
    public long KvBytesPerToken => _kvBytesPerToken;

    /// <summary>KV bytes of so many tokens.</summary>
    public long KvBytes(long tokens) => _kvBytesPerToken * tokens;

    /// <summary>Bytes of the smallest cache that can hold anything: one checkpoint and one token.</summary>
    public long LeastBytes => CheckpointBytes + KvBytes(1);

    /// <summary>FLOPs of a prefill of so many tokens from the start; exact below 2^53.</summary>
    public double TotalFlops(long tokens)
    {
        // The inner sum is an integer not above the result, so below 2^53 every step is exact.
        double l = tokens;
        return (l * (_linear + (_quadratic * l))) + (tokens > 0 ? _fixed : 0);
    }

    /// <summary>FLOPs of a prefill of so many tokens from the start, by layer kind; exact.</summary>
    public FlopCount Flops(long tokens)
    {
        Int128 l = tokens;
        return new((l * (_attentionLinear + (_attentionQuadratic * l))) + (tokens > 0 ? (Int128)_fixed : 0), l * _recurrentLinear, l * _mlpLinear);
    }

    /// <summary>How many layers of a kind there are.</summary>
    public int LayerCount(LayerKind kind) => Layers.Where(layer => layer.Kind == kind).Sum(layer => layer.Count);

    /// <summary>
    /// A model by the Marconi paper's formulas (tables 1 and 2): attention without grouping, MLPs of two matrices and 4 D,
    /// <see cref="PaperMambaLayers"/>, fp16.
    /// </summary>
    /// <param name="name">Its name, by which it is chosen and reported.</param>
    /// <param name="recurrent">Recurrent layers.</param>
    /// <param name="attention">Attention layers.</param>
    /// <param name="mlp">MLP layers.</param>
    /// <param name="hidden">Model dimension D.</param>
    /// <param name="state">State dimension N.</param>
    /// <param name="source">Where the numbers come from.</param>
    public static ModelShape Paper(string name, int recurrent, int attention, int mlp, int hidden, int state, string source = "the Marconi paper's formulas")
    {
        var layers = ImmutableArray.CreateBuilder<LayerGroup>();
        if (recurrent != 0)
        {
            layers.Add(new PaperMambaLayers(recurrent, hidden, state));
        }

        if (attention != 0)
        {
            // One head as wide as the model: without grouping the formulas do not depend on the number of heads.
            layers.Add(new AttentionLayers(attention, hidden, 1, 1, hidden));
        }

        if (mlp != 0)
        {
            if (hidden > int.MaxValue / 4)
            {
                throw new SquelchException($"model '{name}': hidden is {hidden}, larger than any model. It must be at most {int.MaxValue / 4}.");
            }

            layers.Add(new MlpLayers(mlp, hidden, 4 * hidden));
        }

        return new(name, source, layers.ToImmutable());
    }

    /// <summary>Reads a model from a JSON file: the short form of the paper's formulas, or groups of layers.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SquelchException">The file cannot be read or does not describe a model.</exception>
    public static ModelShape FromJson(string path) => ModelJson.Read(path);

    /// <summary>The model that a JSON text describes, as in a file: see docs/models.md.</summary>
    /// <param name="utf8">The text.</param>
    /// <param name="place">Where it stands, for messages and as the source of a model that names none.</param>
    /// <exception cref="SquelchException">The text does not describe a model.</exception>
    public static ModelShape FromJson(ReadOnlyMemory<byte> utf8, string place) => ModelJson.Parse(utf8, place);

    /// <summary>
    /// The model that a GGUF file's metadata tells: falcon-h1, granitehybrid and nemotron_h, whose layers are Mamba-2 and attention. States are counted as
    /// llama.cpp holds them by default: recurrent ones in fp32, KV in fp16. Weights are not read.
    /// </summary>
    /// <param name="path">The file, of a model in several files the first.</param>
    /// <exception cref="SquelchException">The file cannot be read, is no whole GGUF file, or its model is none of these hybrids.</exception>
    public static ModelShape FromGguf(string path) => GgufModel.Read(path);

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static void RequirePositive(string model, LayerGroup layer)
    {
        foreach ((string name, int value) in layer.Sizes)
        {
            if (value <= 0)
            {
                throw new SquelchException($"model '{model}': {name} of its {layer.Kind.ToString().ToLowerInvariant()} layers is {value}. It must be at least 1; leave out a group that the model does not have.");
            }
        }

        foreach ((string name, int value) in layer.OptionalSizes)
        {
            if (value < 0)
            {
                throw new SquelchException($"model '{model}': {name} of its {layer.Kind.ToString().ToLowerInvariant()} layers is {value}. It must be at least 1, or 0 for none.");
            }
        }
    }
}
