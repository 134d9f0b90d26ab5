namespace Squelch.GpuScoring;

/// <summary>
/// Where the next victims will lie, by where the last ones lay: a step above their greatest score, as wide as they were spread, made wider where too few were
/// found and narrower where too many. A wrong guess costs a pass, never a victim.
/// </summary>
internal sealed class ThresholdGuess
{
    private const double Widest = 64;
    private const double Narrowest = 1.0 / 64;

    private double _limit = double.NaN;
    private double _spread;
    private double _step = 1;
    private int _wanted;

    /// <summary>The key that victims are not expected to be above; null where nothing is known that helps.</summary>
    public ulong? For(int wanted)
    {
        double limit = _limit + (_step * _spread);
        return wanted > 1 && wanted >= _wanted / 2 && wanted <= _wanted * 2L && double.IsFinite(limit) ? OrderKey.Of(limit) : null;
    }

    /// <summary>The guess gave so many rows.</summary>
    public void Found(int rows, int wanted)
        => _step = Math.Clamp(_step * Math.Clamp(wanted * 1.25 / Math.Max(1, rows), 0.5, 2), Narrowest, Widest);

    /// <summary>Learns from the chosen rows and their keys.</summary>
    public void Learn(ReadOnlySpan<ulong> chosen, int wanted)
    {
        ulong low = ulong.MaxValue;
        ulong high = 0;
        for (int index = 1; index < chosen.Length; index += 2)
        {
            low = Math.Min(low, chosen[index]);
            high = Math.Max(high, chosen[index]);
        }

        _wanted = wanted;
        _limit = BitConverter.UInt64BitsToDouble(OrderKey.Number(high));
        _spread = _limit - BitConverter.UInt64BitsToDouble(OrderKey.Number(low));
    }
}
