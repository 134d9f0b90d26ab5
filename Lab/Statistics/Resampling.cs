namespace Squelch.Lab;

/// <summary>
/// Confidence intervals by the percentile bootstrap (Efron, Annals of Statistics 1979): the trace's units, sessions where it has them, are drawn anew
/// with replacement. All replays of a trace share the draws, so that differences between two are compared unit by unit.
/// It tells how much other sessions of the same kind would change the number; the order of arrival is not drawn anew.
/// </summary>
public sealed class Resampling
{
    /// <summary>How often the units are drawn.</summary>
    public const int Draws = 1000;

    private const int FewestUnits = 5;

    private readonly ushort[] _counts;
    private readonly int _units;

    /// <summary>Draws of this many units.</summary>
    /// <param name="units">Units of the trace.</param>
    public Resampling(int units)
    {
        _units = units;
        _counts = new ushort[Draws * units];
        var random = new Random(units);
        for (int draw = 0; draw < Draws; draw++)
        {
            Span<ushort> counts = _counts.AsSpan(draw * units, units);
            for (int i = 0; i < units; i++)
            {
                counts[random.Next(units)]++;
            }
        }
    }

    /// <summary>The interval of a token hit rate; null where the trace has too few units to tell.</summary>
    /// <param name="units">Of a replay's profile.</param>
    public ConfidenceRange? HitRate(IReadOnlyList<TokenTally> units) => OverDraws(units, units, (tally, _) => Rate(tally));

    /// <summary>The interval of the difference of two token hit rates, of replays of the same trace; null where it has too few units to tell.</summary>
    /// <param name="units">Of a replay's profile.</param>
    /// <param name="than">Of the profile of the replay that it is compared with.</param>
    public ConfidenceRange? Gain(IReadOnlyList<TokenTally> units, IReadOnlyList<TokenTally> than)
        => OverDraws(units, than, (left, right) => Rate(left) - Rate(right));

    private static double Rate(TokenTally tally) => tally.Input == 0 ? 0 : (double)tally.Hit / tally.Input;

    private ConfidenceRange? OverDraws(IReadOnlyList<TokenTally> left, IReadOnlyList<TokenTally> right, Func<TokenTally, TokenTally, double> number)
    {
        if (left.Count != _units || right.Count != _units)
        {
            throw new ArgumentException($"The profiles have {left.Count} and {right.Count} units, these draws {_units}; compare replays of one trace.");
        }

        if (_units < FewestUnits)
        {
            return null;
        }

        var numbers = new double[Draws];
        for (int draw = 0; draw < Draws; draw++)
        {
            ReadOnlySpan<ushort> counts = _counts.AsSpan(draw * _units, _units);
            TokenTally leftSum = default;
            TokenTally rightSum = default;
            for (int unit = 0; unit < _units; unit++)
            {
                leftSum = new(leftSum.Input + (counts[unit] * left[unit].Input), leftSum.Hit + (counts[unit] * left[unit].Hit));
                rightSum = new(rightSum.Input + (counts[unit] * right[unit].Input), rightSum.Hit + (counts[unit] * right[unit].Hit));
            }

            numbers[draw] = number(leftSum, rightSum);
        }

        numbers.AsSpan().Sort();
        return new(Quantile.Linear(numbers, 0.025), Quantile.Linear(numbers, 0.975));
    }
}
