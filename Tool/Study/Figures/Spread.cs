namespace Squelch.Tool;

/// <summary>How a number is spread over the configurations of a trace.</summary>
internal sealed class Spread
{
    private readonly double[] _sorted;

    /// <param name="values">At least one.</param>
    public Spread(IEnumerable<double> values) => _sorted = [.. values.Order()];

    /// <summary>The mean.</summary>
    public double Mean => _sorted.Average();

    /// <summary>A quantile.</summary>
    public double At(double share) => Quantile.Linear(_sorted, share);

    /// <summary>Share of the values below a limit.</summary>
    public double Below(double limit) => (double)_sorted.Count(value => value < limit) / _sorted.Length;

    /// <summary>The spread of a number over points; null where none has it.</summary>
    public static Spread? Over(IEnumerable<StudyPoint> points, Func<StudyPoint, double?> number)
    {
        double[] values = WorkloadResults.Over(points, number);
        return values.Length == 0 ? null : new(values);
    }
}
