using System.Diagnostics;

namespace Squelch.GpuScoring;

/// <summary>
/// Decides whether a selection runs on the device: the device's cost was measured at start, the CPU plan's is measured as it works. While
/// the device is used, the CPU plan is asked now and then, which renews its measure and checks the device's victim.
/// </summary>
internal sealed class Crossover
{
    /// <summary>Selections on the device between two of the CPU plan.</summary>
    public const int ProbeEvery = 256;

    /// <summary>The device has to promise this much less than the CPU plan takes; measures differ by about as much.</summary>
    private const double Margin = 0.8;

    private const double Weight = 0.1;

    /// <summary>The first selections compile code and may be interrupted: the shortest of so many is where the measure begins.</summary>
    public const int WarmUp = 16;

    private double _cpuSeconds = double.NaN;
    private int _measures;
    private int _sinceProbe;

    /// <summary>The CPU plan's measure, seconds per victim; NaN before the first.</summary>
    public double CpuSeconds => _cpuSeconds;

    /// <summary>True where the device is expected to be faster.</summary>
    /// <param name="deviceSeconds">Seconds per victim on the device.</param>
    public bool PrefersDevice(double deviceSeconds) => _measures >= WarmUp && deviceSeconds < _cpuSeconds * Margin;

    /// <summary>True where it is time to ask the CPU plan.</summary>
    public bool ProbeIsDue()
    {
        if (++_sinceProbe < ProbeEvery)
        {
            return false;
        }

        _sinceProbe = 0;
        return true;
    }

    /// <summary>Selects on the CPU, and measures.</summary>
    public int Measured(FormulaSelector cpu, double now)
    {
        long start = Stopwatch.GetTimestamp();
        int victim = cpu.Select(now);
        double seconds = Math.Max(1, Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency;

        // Single selections that take far longer than usual were interrupted.
        _cpuSeconds = double.IsNaN(_cpuSeconds) ? seconds
            : _measures < WarmUp ? Math.Min(_cpuSeconds, seconds)
            : _cpuSeconds + (Weight * (Math.Min(seconds, 8 * _cpuSeconds) - _cpuSeconds));
        _measures = Math.Min(_measures + 1, WarmUp);
        return victim;
    }
}
