using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>Scores as integers of the same order: numbers ascending, both zeros alike, then NaN, then rows that are no candidates.</summary>
internal static class OrderKey
{
    /// <summary>The key of a row that is no candidate.</summary>
    public const ulong None = ulong.MaxValue;

    private const ulong OfNaN = ulong.MaxValue - 1;
    private const ulong Sign = 0x8000000000000000;
    private const ulong Infinity = 0x7FF0000000000000;

    /// <summary>The key of a score.</summary>
    public static ulong Of(double score)
    {
        // By bits alone: what a device's compiler does to comparisons of floating-point numbers need not be known.
        ulong bits = Interop.FloatAsInt(score);
        ulong magnitude = bits & ~Sign;
        if (magnitude > Infinity)
        {
            return OfNaN;
        }

        if (magnitude == 0)
        {
            return Sign;
        }

        return (bits & Sign) != 0 ? ~bits : bits | Sign;
    }

    /// <summary>The bits of the number whose key it is.</summary>
    public static ulong Number(ulong key) => (key & Sign) != 0 ? key & ~Sign : ~key;
}
