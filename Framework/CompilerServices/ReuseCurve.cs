namespace Squelch.CompilerServices;

/// <summary>All statistics of one class by age, from its counts and a share of everybody's.</summary>
internal sealed class ReuseCurve
{
    private const int Ages = ReuseTable<double>.Ages;

    /// <summary>A hit that nobody saw, so that no age is worth nothing: of two without hits, the younger is kept.</summary>
    private const double Unseen = 0.5;

    private readonly double[] _reached = new double[Ages];
    private readonly double[] _hits = new double[Ages];
    private readonly double[] _held = new double[Ages];
    private readonly double[] _hazard = new double[Ages];
    private readonly double[] _survival = new double[Ages];
    private readonly double[] _middle = new double[Ages];
    private double _unit;

    /// <summary>
    /// A statistic of an age, times the age and a unit: what is read is that over the node's own age, so that within a bucket, and past all that was seen, the
    /// younger is worth more.
    /// </summary>
    public double Of(ReuseMeasure measure, int bucket)
    {
        double age = _unit + _middle[bucket];
        return measure switch
        {
            ReuseMeasure.HitDensity => (_hits[bucket] + Unseen) / (_held[bucket] + (Unseen * age)) * age,
            ReuseMeasure.Hazard => _hazard[bucket] * age,
            ReuseMeasure.Survival => _survival[bucket] * age,
            _ => (_hits[bucket] + Unseen) / (_reached[bucket] + (2 * Unseen)) * age,
        };
    }

    /// <summary>True where a life has reached the age.</summary>
    public bool Reached(int bucket) => _reached[bucket] > 0;

    /// <summary>Sums run from the oldest age: what has hits or ends later was there before.</summary>
    public void Fit(
        ReadOnlySpan<double> hits, ReadOnlySpan<double> ends, ReadOnlySpan<double> ticks, ReadOnlySpan<double> allHits, ReadOnlySpan<double> allEnds, ReadOnlySpan<double> allTicks, double share, double unit)
    {
        _unit = unit;
        double reached = 0;
        double later = 0;
        double held = 0;
        for (int bucket = Ages - 1; bucket >= 0; bucket--)
        {
            double least = ReuseAges.Least(bucket, unit);
            double next = ReuseAges.Least(bucket + 1, unit);
            double ended = ends[bucket] + (share * allEnds[bucket]);
            double age = ticks[bucket] + (share * allTicks[bucket]);
            double hit = hits[bucket] + (share * allHits[bucket]);

            // Each life counts a unit more than its age, so that what is hit at once has some time, too.
            double passed = Math.Max(0, age - (least * ended)) + ((next - least) * reached) + (unit * ended);
            _middle[bucket] = ended > 0 ? Math.Clamp(age / ended, least, next) : (least + next) / 2;
            _hazard[bucket] = (hit + Unseen) / (passed + (Unseen * (unit + _middle[bucket])));
            reached += ended;
            later += hit;
            held += passed;
            _reached[bucket] = reached;
            _hits[bucket] = later;
            _held[bucket] = held;

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
