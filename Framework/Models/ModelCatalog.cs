using System.Collections.Immutable;

namespace Squelch;

/// <summary>
/// The models known by name. States and KV are held in 2 bytes per number in all of them; norms, embeddings and the output head are left
/// out of the FLOPs, as the paper does.
/// </summary>
public static class ModelCatalog
{
    internal static ModelShape MarconiHybrid { get; } = ModelShape.Paper(
        "marconi-7b", recurrent: 24, attention: 4, mlp: 28, hidden: 4096, state: 128,
        "Marconi (arXiv 2411.19379), section 5.1: 24 SSM, 4 attention and 28 MLP layers, D 4096, N 128; formulas of tables 1 and 2");

    /// <summary>All of them, the default first.</summary>
    public static ImmutableArray<ModelShape> All { get; } =
    [
        MarconiHybrid,
        ModelShape.Paper(
            "transformer-7b", recurrent: 0, attention: 36, mlp: 36, hidden: 4096, state: 128,
            "Marconi (arXiv 2411.19379), figure 12a: the (0 SSM, 36 attention) model, D 4096; one MLP per attention layer (7.2 billion weights) is our reading"),
        new(
            "jamba-1.5-mini",
            "huggingface.co/ai21labs/AI21-Jamba-1.5-Mini, config.json: 32 layers, every 8th attention (4 attention, 28 Mamba-1), every 2nd with a mixture of 16 experts, 2 active",
            [
                new AttentionLayers(4, Hidden: 4096, Heads: 32, KvHeads: 8, HeadDim: 128),
                new Mamba1Layers(28, Hidden: 4096, Inner: 8192, State: 16, DtRank: 256),
                new MlpLayers(16, Hidden: 4096, Intermediate: 14336) { Gated = true },
                new MlpLayers(16, Hidden: 4096, Intermediate: 14336) { Gated = true, ActiveExperts = 2, RoutedExperts = 16 },
            ]),
        new(
            "zamba2-7b",
            "huggingface.co/Zyphra/Zamba2-7B, config.json: 81 Mamba-2 layers, at 13 of them a shared attention and MLP block whose attention reads the layer's input joined to the embedding; adapters and the 3584 x 3584 projection behind each shared block left out",
            [
                new AttentionLayers(13, Hidden: 3584, Heads: 32, KvHeads: 32, HeadDim: 224) { Input = 7168 },
                new Mamba2Layers(81, Hidden: 3584, Heads: 112, HeadDim: 64, State: 64, Groups: 2),
                new MlpLayers(13, Hidden: 3584, Intermediate: 14336) { Gated = true },
            ]),
        new(
            "nemotron-h-8b",
            "huggingface.co/nvidia/Nemotron-H-8B-Base-8K, config.json, and arXiv 2504.03624, table 1: 24 Mamba-2, 4 attention, 24 MLP layers (squared ReLU, two matrices)",
            [
                new AttentionLayers(4, Hidden: 4096, Heads: 32, KvHeads: 8, HeadDim: 128),
                new Mamba2Layers(24, Hidden: 4096, Heads: 128, HeadDim: 64, State: 128, Groups: 8),
                new MlpLayers(24, Hidden: 4096, Intermediate: 21504),
            ]),
        new(
            "qwen3-next",
            "huggingface.co/Qwen/Qwen3-Next-80B-A3B-Instruct, config.json: 48 layers, every 4th gated attention, the rest gated delta nets; 10 of 512 experts and 1 shared expert per layer",
            [
                new AttentionLayers(12, Hidden: 2048, Heads: 16, KvHeads: 2, HeadDim: 256) { Gated = true },
                new GatedDeltaNetLayers(36, Hidden: 2048, KeyHeads: 16, KeyDim: 128, ValueHeads: 32, ValueDim: 128),
                new MlpLayers(48, Hidden: 2048, Intermediate: 512) { Gated = true, ActiveExperts = 11, RoutedExperts = 512 },
            ]),
        ModelShape.Paper("tiny", recurrent: 3, attention: 1, mlp: 4, hidden: 64, state: 4, "a toy for tests: the paper's formulas, KV and checkpoint of like size"),
        ModelShape.Paper("tinykv", recurrent: 1, attention: 4, mlp: 5, hidden: 64, state: 4, "a toy for tests: the paper's formulas, KV heavier than the checkpoint"),
    ];

    /// <summary>The model of this name; case is ignored.</summary>
    /// <exception cref="SquelchException">There is none; the message offers the nearest name.</exception>
    public static ModelShape Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (Named(name) is { } model)
        {
            return model;
        }

        string? near = NearestName.Find(name, All.Select(known => known.Name));
        string hint = near is null ? "" : $" Did you mean '{near}'?";
        throw new SquelchException($"no model is called '{name}'.{hint} Known: {string.Join(", ", All.Select(known => known.Name))}; or give the path of a JSON file that describes one (https://github.com/squelch/squelch/blob/main/docs/models.md).");
    }

    /// <summary>
    /// The model of this name, or the one that the JSON or GGUF file of this path describes. A path ends in .json or .gguf,
    /// names a folder, or is that of a file that exists and is not called like a known model.
    /// </summary>
    /// <exception cref="SquelchException">Neither is there, or the file does not describe a model.</exception>
    public static ModelShape Resolve(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        bool isGguf = nameOrPath.EndsWith(".gguf", StringComparison.OrdinalIgnoreCase);
        bool isPath = isGguf || nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || nameOrPath.AsSpan().ContainsAny('/', '\\');
        if (!isPath && Named(nameOrPath) is { } model)
        {
            return model;
        }

        if (!isPath && !File.Exists(nameOrPath))
        {
            return Find(nameOrPath);
        }

        return isGguf || GgufReader.Begins(nameOrPath) ? ModelShape.FromGguf(nameOrPath) : ModelShape.FromJson(nameOrPath);
    }

    private static ModelShape? Named(string name) => All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase));
}
