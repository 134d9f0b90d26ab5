namespace Squelch.CompilerServices;

/// <summary>All statistics of one class by age, from its counts and a share of everybody's.</summary>
internal sealed class ReuseCurve
{
    private const int Ages = ReuseTable<double>.Ages;

    /// <summary>Where no hit is to be expected any more, the younger is still kept.</summary>
    private const double Nothing = 1e-9;

    // Of lives: how many reach an age, how many are hit at it or later, and the ticks that all spend from it on.
    private readonly double[] _reached = new double[Ages];
    private readonly double[] _hits = new double[Ages];
    private readonly double[] _held = new double[Ages];
    private readonly double[] _hazard = new double[Ages];
    private readonly double[] _survival = new double[Ages];
    private double _unit;

    /// <summary>
    /// A statistic of an age, times the age and a unit: what is read is that over the node's own age, so that within a bucket, and past all that was seen, the
    /// younger is worth more.
    /// </summary>
    public double Of(ReuseMeasure measure, int bucket)
    {
        double value = measure switch
        {
            ReuseMeasure.Hazard => _hazard[bucket],
            ReuseMeasure.Survival => _survival[bucket],
            _ when _reached[bucket] == 0 => 0,
            ReuseMeasure.HitDensity => _hits[bucket] / _held[bucket],
            _ => _hits[bucket] / _reached[bucket],
        };
        double middle = (ReuseAges.Least(bucket, _unit) + ReuseAges.Least(bucket + 1, _unit)) / 2;
        return Math.Max(value * (_unit + middle), Nothing);
    }

    /// <summary>Counts everything: sums run from the oldest age, since what is hit or evicted later was there before.</summary>
    public void Fit(ReadOnlySpan<double> hits, ReadOnlySpan<double> ends, ReadOnlySpan<double> allHits, ReadOnlySpan<double> allEnds, double share, double unit)
    {
        _unit = unit;
        double reached = 0;
        double later = 0;
        double held = 0;
        for (int bucket = Ages - 1; bucket >= 0; bucket--)
        {
            double hit = hits[bucket] + (share * allHits[bucket]);
            reached += ends[bucket] + (share * allEnds[bucket]);
            later += hit;
            double ticks = (ReuseAges.Least(bucket + 1, unit) - ReuseAges.Least(bucket, unit)) * reached;
            held += ticks;
            _reached[bucket] = reached;
            _hits[bucket] = later;
            _held[bucket] = held;
            _hazard[bucket] = ticks > 0 ? hit / ticks : 0;

            // For now, of those that reach the age, those that are not hit at it.
            _survival[bucket] = reached > 0 ? 1 - (hit / reached) : 1;
        }

        double survival = 1;
        for (int bucket = 0; bucket < Ages; bucket++)
        {
            double stays = _survival[bucket];
            _survival[bucket] = survival;
            survival *= stays;
        }
    }
}
