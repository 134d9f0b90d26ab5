namespace Squelch.Tool;

/// <summary>Values of an axis to pixels, and its ticks.</summary>
internal sealed class Scale
{
    private const double LeastOfLogarithms = 1e-9;

    /// <summary>What a quotient that should be whole may be off by.</summary>
    private const double Rounding = 1e-9;

    private readonly bool _logarithmic;
    private readonly double _low;
    private readonly double _high;
    private readonly double _first;
    private readonly double _last;

    /// <summary>A scale over the values.</summary>
    /// <param name="axis">Says what is fixed.</param>
    /// <param name="values">All values that must fit.</param>
    /// <param name="first">Pixel of the low end.</param>
    /// <param name="last">Pixel of the high end.</param>
    /// <param name="ticks">About how many ticks fit.</param>
    /// <param name="endsAtTicks">Whether it goes on to the next round numbers, or ends where the values do.</param>
    public Scale(Axis axis, IEnumerable<double> values, double first, double last, int ticks, bool endsAtTicks = true)
    {
        double[] finite = [.. values.Where(double.IsFinite)];
        double low = Math.Min(finite.DefaultIfEmpty(0).Min(), axis.From ?? double.PositiveInfinity);
        double high = finite.DefaultIfEmpty(1).Max();
        _logarithmic = axis.IsLogarithmic;
        _first = first;
        _last = last;
        if (_logarithmic)
        {
            low = Math.Max(low, LeastOfLogarithms);
            high = Math.Max(high, low);
            (_low, _high) = high > low ? (Math.Log(low), Math.Log(high)) : (Math.Log(low) - 1, Math.Log(low) + 1);
            Ticks = axis.Ticks ?? Powers(low, high);
            return;
        }

        double step = RoundStep((high > low ? high - low : Math.Max(Math.Abs(high), 1)) / ticks);
        bool rounds = endsAtTicks && axis.Ticks is null;
        _low = rounds ? Math.Floor(low / step) * step : low;
        _high = rounds ? Math.Ceiling(high / step) * step : high;
        if (_high <= _low)
        {
            _high = _low + step;
        }

        double begin = Math.Ceiling((_low / step) - Rounding);
        Ticks = axis.Ticks ?? [.. Enumerable.Range(0, Math.Max(0, (int)(Math.Floor((_high / step) + Rounding) - begin)) + 1).Select(i => (begin + i) * step)];
    }

    /// <summary>Values of the ticks.</summary>
    public IReadOnlyList<double> Ticks { get; }

    /// <summary>The pixel of a value.</summary>
    public double At(double value)
    {
        double position = _logarithmic ? Math.Log(Math.Max(value, LeastOfLogarithms)) : value;
        return _first + (Math.Clamp((position - _low) / (_high - _low), 0, 1) * (_last - _first));
    }

    private static double RoundStep(double step)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * (step / power) switch { <= 1 => 1, <= 2 => 2, <= 2.5 => 2.5, <= 5 => 5, _ => 10 };
    }

    private static double[] Powers(double low, double high)
    {
        double ratio = high / low > 200 ? 10 : 2;
        int first = (int)Math.Ceiling(Math.Log(low, ratio) - Rounding);
        int last = (int)Math.Floor(Math.Log(high, ratio) + Rounding);

        // Between two powers there may be one tick or none, which would not tell how long the axis is.
        return last <= first ? [.. new[] { low, high }.Distinct()] : [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(power => Math.Pow(ratio, power))];
    }
}
