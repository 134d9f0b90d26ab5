using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>Decides between nodes of equal first score.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITieOrder
{
    /// <summary>True where <paramref name="a"/> goes before <paramref name="b"/>.</summary>
    bool Before(int a, int b);
}

/// <summary>The node made first goes first.</summary>
/// <param name="nodes">The nodes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CreationOrder(NodeTable nodes) : ITieOrder
{
    /// <inheritdoc/>
    public bool Before(int a, int b) => nodes.Creation(a) < nodes.Creation(b);
}

/// <summary>Compares stored keys, column by column, then creation numbers.</summary>
/// <typeparam name="T">double or float.</typeparam>
/// <param name="columns">The columns; the keys come first.</param>
/// <param name="first">The first key that is compared.</param>
/// <param name="keys">Number of key columns.</param>
/// <param name="nodes">The nodes.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct KeyOrder<T>(T[][] columns, int first, int keys, NodeTable nodes) : ITieOrder
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <inheritdoc/>
    public bool Before(int a, int b)
    {
        for (int key = first; key < keys; key++)
        {
            int order = ScoreOrder.Compare(columns[key][a], columns[key][b]);
            if (order != 0)
            {
                return order < 0;
            }
        }

        return nodes.Creation(a) < nodes.Creation(b);
    }
}
