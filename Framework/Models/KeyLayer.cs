namespace Squelch;

/// <summary>Stands for the value of a key in a flat trace: a byte per token, and one FLOP to fetch it, whatever its size.</summary>
internal sealed record KeyLayer() : LayerGroup(1)
{
    public override LayerKind Kind => LayerKind.Attention;

    public override long LinearFlops => 0;

    public override long KvBytesPerToken => 1;

    internal override long FixedFlops => 1;

    internal override IEnumerable<(string Name, int Value)> Sizes => [];
}
