using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>The best row so far and its score; row -1 stands for none.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="Score">The score.</param>
/// <param name="Row">The row.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Best<T>(T Score, int Row)
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>No row yet.</summary>
    public static Best<T> None => new(T.PositiveInfinity, -1);
}
