using System.ComponentModel;
using ILGPU;

namespace Squelch.GpuScoring.CompilerServices;

/// <summary>
/// The extremes of the scaled terms, as bits in device memory: they never pass through the host within a selection. Those of the first two terms, which are all
/// that most policies have, are read once by each thread.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct DeviceScales
{
    private readonly ArrayView<ulong> _bits;
    private readonly double _low0;
    private readonly double _high0;
    private readonly double _low1;
    private readonly double _high1;

    /// <param name="bits">Least and greatest value of each scaled term.</param>
    public DeviceScales(ArrayView<ulong> bits)
    {
        _bits = bits;
        _low0 = 0;
        _high0 = 0;
        _low1 = 0;
        _high1 = 0;
        if (bits.Length >= 2)
        {
            _low0 = Interop.IntAsFloat(bits[0]);
            _high0 = Interop.IntAsFloat(bits[1]);
        }

        if (bits.Length >= 4)
        {
            _low1 = Interop.IntAsFloat(bits[2]);
            _high1 = Interop.IntAsFloat(bits[3]);
        }
    }

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

    private double Low(int term) => term == 0 ? _low0 : term == 1 ? _low1 : Interop.IntAsFloat(_bits[2 * term]);

    private double High(int term) => term == 0 ? _high0 : term == 1 ? _high1 : Interop.IntAsFloat(_bits[(2 * term) + 1]);
}
