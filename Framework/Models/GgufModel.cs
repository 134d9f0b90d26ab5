using System.Collections.Immutable;

namespace Squelch;

/// <summary>
/// Reads a <see cref="ModelShape"/> from the metadata of a GGUF file, for the hybrids that llama.cpp runs and whose metadata tells which layer is what.
/// States are counted as llama.cpp holds them by default: recurrent ones in fp32, KV in fp16.
/// </summary>
internal readonly struct GgufModel
{
    /// <summary>As in a JSON file: nothing real comes near, and products of two stay within 64 bits.</summary>
    private const int Largest = 1 << 24;

    /// <summary>With more, llama.cpp ends the program.</summary>
    private const int MostLayers = 512;
    private static readonly string[] s_known = ["falcon-h1", "granitehybrid", "nemotron_h"];

    private readonly string _path;
    private readonly string _architecture;
    private readonly IReadOnlyDictionary<string, object> _metadata;
    private readonly int _layers;
    private readonly int _hidden;

    private GgufModel(string path, string architecture, IReadOnlyDictionary<string, object> metadata)
    {
        (_path, _architecture, _metadata) = (path, architecture, metadata);
        _layers = Size("block_count", most: MostLayers);
        _hidden = Size("embedding_length");
    }

    public static ModelShape Read(string path)
    {
        IReadOnlyDictionary<string, object> metadata = GgufReader.Metadata(path);
        if (!metadata.TryGetValue("general.architecture", out object? told) || told is not string architecture)
        {
            throw new SquelchException($"{path}: the metadata does not tell 'general.architecture'. A model in several files tells it in the first: give that one.");
        }

        if (!s_known.Contains(architecture))
        {
            throw new SquelchException(
                $"{path}: the architecture is '{GgufReader.Shown(architecture)}'; hybrids whose metadata is read are {string.Join(", ", s_known)}. Describe another model in a JSON file (https://github.com/squelch/squelch/blob/main/docs/models.md).");
        }

        string name = metadata.TryGetValue("general.name", out object? called) && called is string text && !string.IsNullOrWhiteSpace(text)
            ? GgufReader.Shown(text)
            : Path.GetFileNameWithoutExtension(path) is { Length: > 0 } file ? file : architecture;
        var model = new GgufModel(path, architecture, metadata);
        ImmutableArray<LayerGroup> layers = [.. model.Groups()];
        if (!layers.Any(group => group.Kind == LayerKind.Recurrent) || !layers.Any(group => group.Kind == LayerKind.Attention))
        {
            throw model.Fault("head_count_kv gives the model no attention layer, or no recurrent one", "A hybrid has both; describe another model in a JSON file");
        }

        try
        {
            return new(name, $"metadata of {Path.GetFileName(path)}: {architecture}, recurrent states in fp32 and KV in fp16, as llama.cpp holds them", layers);
        }
        catch (SquelchException complaint)
        {
            throw new SquelchException($"{path}: {complaint.Message}", complaint);
        }
    }

    /// <summary>Every layer of falcon-h1 has attention, Mamba-2 and an MLP; of granitehybrid one of the first two and an MLP; of nemotron_h one of the three.</summary>
    private IEnumerable<LayerGroup> Groups()
    {
        long[] heads = PerLayer("attention.head_count");
        long[] kvHeads = PerLayer("attention.head_count_kv");
        long[] widths = PerLayer("feed_forward_length");
        bool parallel = _architecture == "falcon-h1";
        bool alone = _architecture == "nemotron_h";
        GgufModel model = this;
        (long Heads, long KvHeads)[] attention = [.. Enumerable.Range(0, _layers).Where(i => kvHeads[i] > 0 && !(alone && widths[i] > 0)).Select(i => (heads[i], kvHeads[i]))];
        int recurrent = parallel ? _layers : Enumerable.Range(0, _layers).Count(i => kvHeads[i] == 0 && !(alone && widths[i] > 0));
        List<LayerGroup> groups = [.. attention.GroupBy(layer => layer).Select(same => model.Attention(same.Count(), same.Key.Heads, same.Key.KvHeads))];
        if (recurrent > 0)
        {
            groups.Add(Mamba2(recurrent));
        }

        foreach (IGrouping<long, long> same in widths.Where(width => width > 0).GroupBy(width => width))
        {
            groups.AddRange(Mlps(same.Count(), (int)same.Key, gated: !alone));
        }

        return groups;
    }

    private AttentionLayers Attention(int count, long heads, long kvHeads)
    {
        if (heads == 0 || heads % kvHeads != 0)
        {
            throw Fault($"attention.head_count {heads} is no multiple of head_count_kv {kvHeads}", "Convert the model anew");
        }

        int headDim = Size("attention.key_length", or: _hidden % heads == 0 ? _hidden / (int)heads : 0);
        CheckTurned(headDim);
        return Size("attention.value_length", or: headDim) == headDim
            ? new AttentionLayers(count, _hidden, (int)heads, (int)kvHeads, headDim)
            : throw Fault("attention.key_length and value_length differ", "Describe the model in a JSON file");
    }

    /// <summary>How many numbers of a head turn with the position. On what cannot be, llama.cpp would not refuse the model, but end the program; nemotron_h turns none.</summary>
    private void CheckTurned(int headDim)
    {
        object turned = _metadata.GetValueOrDefault($"{_architecture}.rope.dimension_count", (long)headDim);
        if (_architecture != "nemotron_h" && !(turned is long count && count >= 0 && count <= headDim && count % 2 == 0))
        {
            throw Fault($"'{_architecture}.rope.dimension_count' must be even, and at most attention.key_length {headDim}", "Convert the model anew");
        }
    }

    private Mamba2Layers Mamba2(int count)
    {
        int inner = Size("ssm.inner_size");
        int heads = Size("ssm.time_step_rank");
        if (_architecture == "granitehybrid" && inner != 2 * _hidden)
        {
            // llama.cpp would not refuse it, but end the program.
            throw Fault($"ssm.inner_size {inner} is not twice the embedding_length {_hidden}, as llama.cpp wants it of granitehybrid", "Convert the model anew");
        }

        return inner % heads == 0
            ? new Mamba2Layers(count, _hidden, heads, inner / heads, Size("ssm.state_size"), Size("ssm.group_count")) { Convolution = Size("ssm.conv_kernel"), BytesPerElement = 4 }
            : throw Fault($"ssm.inner_size {inner} is no multiple of ssm.time_step_rank {heads}", "Convert the model anew");
    }

    private IEnumerable<LayerGroup> Mlps(int count, int width, bool gated)
    {
        int experts = Size("expert_count", or: 0);
        yield return experts == 0
            ? new MlpLayers(count, _hidden, width) { Gated = gated }
            : new MlpLayers(count, _hidden, width) { Gated = gated, ActiveExperts = Size("expert_used_count"), RoutedExperts = experts };
        int shared = experts == 0 ? 0 : Size("expert_shared_feed_forward_length", or: 0);
        if (shared > 0)
        {
            yield return new MlpLayers(count, _hidden, shared) { Gated = gated };
        }
    }

    /// <summary>A number for all layers, or an array with one for each.</summary>
    private long[] PerLayer(string property)
    {
        long[] numbers = _metadata.GetValueOrDefault($"{_architecture}.{property}") switch
        {
            long number => [.. Enumerable.Repeat(number, _layers)],
            long[] array => array,
            _ => throw Missing(property),
        };
        if (numbers.Length != _layers)
        {
            throw Fault($"{property} has {numbers.Length} numbers for {_layers} layers", "Convert the model anew");
        }

        return numbers.All(number => number is >= 0 and <= Largest) ? numbers : throw Wrong(property, 0, Largest);
    }

    /// <param name="property">Its name, the architecture left out.</param>
    /// <param name="or">What stands for one that is not there; without it, it must be there.</param>
    /// <param name="most">The largest that is taken.</param>
    private int Size(string property, int? or = null, int most = Largest)
    {
        if (!_metadata.TryGetValue($"{_architecture}.{property}", out object? value))
        {
            return or is > 0 || (or is 0 && property.Contains("expert", StringComparison.Ordinal)) ? or.Value : throw Missing(property);
        }

        return value is long number && number >= (or is 0 ? 0 : 1) && number <= most ? (int)number : throw Wrong(property, 1, most);
    }

    private SquelchException Missing(string property) => Fault($"the metadata does not tell '{_architecture}.{property}'", "Convert the model anew with a llama.cpp of today");

    private SquelchException Wrong(string property, int least, int most)
        => Fault($"'{_architecture}.{property}' must be whole numbers from {least} to {most}", "Convert the model anew");

    private SquelchException Fault(string fault, string remedy) => new($"{_path}: {fault}. {remedy}.");
}
