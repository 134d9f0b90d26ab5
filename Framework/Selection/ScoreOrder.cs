using System.Numerics;

namespace Squelch;

/// <summary>The order of scores: numbers ascending, then NaN.</summary>
public static class ScoreOrder
{
    /// <summary>Negative where <paramref name="a"/> goes before <paramref name="b"/>, 0 where they are equal.</summary>
    public static int Compare<T>(T a, T b)
        where T : unmanaged, IFloatingPointIeee754<T>
        => a < b ? -1 : a > b ? 1 : a == b ? 0 : (T.IsNaN(a) ? 1 : 0) - (T.IsNaN(b) ? 1 : 0);
}
