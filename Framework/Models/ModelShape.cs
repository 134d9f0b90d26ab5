namespace Squelch;

/// <summary>Bytes and FLOPs of a model, layer kind by layer kind.</summary>
public sealed class ModelShape
{
    /// <summary>The Marconi paper's 7B hybrid.</summary>
    public static ModelShape PaperHybrid { get; } = new();

    /// <summary>The name used on the command line.</summary>
    public string Name => "marconi-7b";

    /// <summary>Bytes of one checkpoint.</summary>
    public long CheckpointBytes => 26_787_840;

    /// <summary>KV bytes of so many tokens.</summary>
    public long KvBytes(long tokens) => 65_536 * tokens;

    /// <summary>FLOPs of a prefill of so many tokens; exact below 2^53.</summary>
    public double TotalFlops(long tokens) => (double)(long)Flops(tokens).Total;

    /// <summary>FLOPs of a prefill of so many tokens, by layer kind.</summary>
    public FlopCount Flops(long tokens)
    {
        Int128 l = tokens;
        return new(4 * ((8 * l * 4096 * 4096) + (4 * l * l * 4096)), 24 * ((12 * l * 4096 * 4096) + (16 * l * 4096 * 128) + (10 * l * 4096)), 28 * 16 * l * 4096 * 4096);
    }
}
