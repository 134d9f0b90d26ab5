namespace Squelch;

/// <summary>The models known by name. Published hybrids carry the values of their public configuration files.</summary>
public static class ModelCatalog
{
    /// <summary>All of them; the first is the default.</summary>
    public static IReadOnlyList<ModelShape> All { get; } =
    [
        ModelShape.PaperHybrid,
        ModelShape.Paper("transformer-7b", 0, 36, 36, 4096, 128),

        // 32 layers in blocks of 8 with one attention layer; 16 experts in every other layer, 2 active; Mamba-1, expand 2, state 16.
        new(
            "jamba-1.5-mini",
            "ai21labs/AI21-Jamba-1.5-Mini config.json: d 4096, 32 heads, 8 KV heads of 128, 28 Mamba-1 layers (e 8192, n 16), MLP 14336, 2 of 16 experts in 16 layers",
            [new AttentionLayers(4, 4096, 4096, 1024)],
            [RecurrentLayers.Mamba(28, 4096, 8192, 16, 8192)],
            [new MlpLayers(16, 3L * 4096 * 14336), new MlpLayers(16, 2L * 3 * 4096 * 14336)]),

        // 81 Mamba-2 layers; 13 calls of two shared attention blocks over the doubled width, each call with KV of its own.
        new(
            "zamba2-7b",
            "Zyphra/Zamba2-7B config.json: d 3584, 81 Mamba-2 layers (e 7168, n 64, 2 groups), 13 shared-block calls at width 7168 with 32 heads of 224, MLP 14336",
            [new AttentionLayers(13, 7168, 7168, 7168)],
            [RecurrentLayers.Mamba(81, 3584, 7168, 64, 7168 + (2 * 2 * 64))],
            [new MlpLayers(13, 3L * 3584 * 14336)]),

        // 52 layers: 24 Mamba-2, 24 MLP, 4 attention.
        new(
            "nemotron-h-8b",
            "nvidia/Nemotron-H-8B-Base-8K config.json: d 4096, 24 Mamba-2 layers (128 heads of 64, n 128, 8 groups), 4 attention layers (32 heads, 8 KV heads of 128), 24 MLP layers 21504",
            [new AttentionLayers(4, 4096, 4096, 1024)],
            [RecurrentLayers.Mamba(24, 4096, 8192, 128, 8192 + (2 * 8 * 128))],
            [new MlpLayers(24, 2L * 4096 * 21504)]),

        // 48 layers, every fourth full attention with gate; 36 gated delta nets: 32 value heads, 16 key heads, state 128 x 128 per value head.
        new(
            "qwen3-next",
            "Qwen/Qwen3-Next-80B-A3B config.json: d 2048, 12 attention layers (16 heads, 2 KV heads of 256), 36 gated delta nets (32 value, 16 key heads of 128), 10 + 1 of 512 experts of 512",
            [new AttentionLayers(12, 2048, 4096, 512)],
            [new RecurrentLayers(36, 32L * 128 * 128, (4096 + (2 * 2048)) * 4, (2L * 2048 * (4096 + 4096 + 2048 + 2048)) + (2L * 4096 * 2048) + (8L * 32 * 128 * 128))],
            [new MlpLayers(48, 11L * 3 * 2048 * 512)]),
        ModelShape.Paper("tiny", 3, 1, 4, 64, 4),
        ModelShape.Paper("tinykv", 1, 4, 5, 64, 4),
    ];

    /// <summary>A model by name, or from a JSON file.</summary>
    /// <param name="nameOrPath">A name of <see cref="All"/>, or a path to a file that <see cref="ModelFile"/> reads.</param>
    /// <exception cref="SquelchException">There is no such model, or the file is wrong.</exception>
    public static ModelShape Find(string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        ModelShape? known = All.FirstOrDefault(model => string.Equals(model.Name, nameOrPath, StringComparison.OrdinalIgnoreCase));
        if (known is not null)
        {
            return known;
        }

        if (nameOrPath.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(nameOrPath))
        {
            return ModelFile.Read(nameOrPath);
        }

        string? nearest = NearestName.Find(nameOrPath, All.Select(model => model.Name));
        throw new SquelchException(
            $"There is no model '{nameOrPath}'" + (nearest is null ? $"; there are {string.Join(", ", All.Select(model => model.Name))}, or give a .json file." : $"; did you mean '{nearest}'?"));
    }
}
