using System.ComponentModel;
using System.Numerics;

namespace Squelch.CompilerServices;

/// <summary>
/// The feature <c>sessions</c>: 64 bits per node, of which each session sets one. How many are set tells about how many sessions there were (linear
/// counting: Whang, Vander-Zanden and Taylor, ACM TODS 1990).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SessionSketches
{
    private const int Bits = 64;

    private static readonly double[] s_estimates = [.. Enumerable.Range(0, Bits + 1).Select(Estimate)];

    private ulong[] _seen = [];
    private ulong _untold;

    /// <summary>Makes room for so many rows.</summary>
    public void Grow(int rows) => Array.Resize(ref _seen, rows);

    /// <summary>A node is made.</summary>
    /// <returns>Its sessions.</returns>
    public double Made(int node, in Access access)
    {
        _seen[node] = 0;
        return Used(node, access);
    }

    /// <summary>The node was cut off the front of another: the sessions of that went through it, too.</summary>
    /// <returns>Its sessions.</returns>
    public double Split(int node, int lower) => Estimated(node, _seen[lower]);

    /// <summary>A lookup uses a node.</summary>
    /// <returns>Its sessions.</returns>
    public double Used(int node, in Access access)
    {
        // A request whose session is not told is one of its own.
        ulong session = access.Hints.Session != 0 ? (ulong)access.Hints.Session : HashMix.Finish(++_untold);
        return Estimated(node, 1UL << (int)(HashMix.Finish(session) & (Bits - 1)));
    }

    private double Estimated(int node, ulong more)
    {
        _seen[node] |= more;
        return s_estimates[BitOperations.PopCount(_seen[node])];
    }

    /// <summary>With all bits set, the sessions that this takes in the mean: 64 (1 + 1/2 + ... + 1/64).</summary>
    private static double Estimate(int set)
        => Math.Round(set < Bits ? -Bits * Math.Log((double)(Bits - set) / Bits) : Bits * Enumerable.Range(1, Bits).Sum(bit => 1.0 / bit));
}
