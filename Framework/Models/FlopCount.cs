namespace Squelch;

/// <summary>Floating-point operations by layer kind.</summary>
/// <param name="Attention">Attention layers.</param>
/// <param name="Recurrent">Recurrent (Mamba) layers.</param>
/// <param name="Mlp">MLP layers.</param>
public readonly record struct FlopCount(Int128 Attention, Int128 Recurrent, Int128 Mlp)
{
    /// <summary>All of them.</summary>
    public Int128 Total => Attention + Recurrent + Mlp;

    /// <summary>Sums by kind.</summary>
    public static FlopCount operator +(FlopCount left, FlopCount right)
        => new(left.Attention + right.Attention, left.Recurrent + right.Recurrent, left.Mlp + right.Mlp);
}
