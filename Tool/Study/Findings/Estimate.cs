namespace Squelch.Tool;

/// <summary>A number of a group of traces.</summary>
/// <param name="Value">Of seeds the mean (of ratios the geometric one), of given traces the median.</param>
/// <param name="Low">Of seeds the lower end of the 95 % interval of the mean (Student's t), of given traces the least.</param>
/// <param name="High">The upper end, or the greatest.</param>
internal readonly record struct Estimate(double Value, double Low, double High)
{
    /// <summary>Student's t at 97.5 % by degrees of freedom, from 1.</summary>
    private static readonly double[] s_t = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262];

    /// <summary>True where there is more than one trace behind it.</summary>
    public bool HasRange => Low < High;

    /// <summary>One number, known exactly.</summary>
    public static Estimate Of(double value) => new(value, value, value);

    /// <summary>The mean over seeds; of ratios the geometric one, whose interval is that of the logarithms.</summary>
    /// <param name="measure">Tells ratios.</param>
    /// <param name="values">At least one.</param>
    public static Estimate OfSeeds(Measure measure, IReadOnlyList<double> values)
    {
        double[] effects = [.. values.Select(measure.Effect)];
        double mean = effects.Average();
        if (effects.Length == 1)
        {
            return Of(values[0]);
        }

        double deviation = Math.Sqrt(effects.Sum(effect => (effect - mean) * (effect - mean)) / (effects.Length - 1));
        double half = s_t[Math.Min(effects.Length - 1, s_t.Length) - 1] * deviation / Math.Sqrt(effects.Length);
        return new(measure.Value(mean), measure.Value(mean - half), measure.Value(mean + half));
    }

    /// <summary>The median of traces, and their ends.</summary>
    /// <param name="values">At least one.</param>
    public static Estimate OfTraces(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(Quantile.Linear(sorted, 0.5), sorted[0], sorted[^1]);
    }
}
