using System.ComponentModel;
using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>The extremes of the scaled terms, as bits in device memory: they never pass through the host within a selection.</summary>
/// <param name="bits">Least and greatest value of each scaled term.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceScales(ArrayView<ulong> bits)
{
    private readonly ArrayView<ulong> _bits = bits;

    /// <summary>The value scaled to the term's extremes; 1 where they are equal.</summary>
    public double Normalize(int term, double value)
    {
        double low = Low(term);
        double high = High(term);
        return high != low ? (value - low) / (high - low) : 1.0;
    }

    /// <summary>As <see cref="Normalize"/>, each operation rounded to single precision.</summary>
    public double NormalizeSingle(int term, double value)
    {
        double low = Low(term);
        double high = High(term);
        return high != low ? (double)(float)((double)(float)(value - low) / (double)(float)(high - low)) : 1.0;
    }

    private double Low(int term) => Interop.IntAsFloat(_bits[2 * term]);

    private double High(int term) => Interop.IntAsFloat(_bits[(2 * term) + 1]);
}
