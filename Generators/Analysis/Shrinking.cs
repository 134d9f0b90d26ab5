using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>Makes the large values of a counter-example small: exp(710) teaches what exp(9007199254740991) hides.</summary>
/// <param name="situations">Says what is legal.</param>
/// <param name="happens">True where the fault happens in a situation.</param>
internal sealed class Shrinking(Situations situations, Func<Situation, bool> happens)
{
    /// <summary>Values up to here are plain as they are.</summary>
    private const double Plain = 100;

    /// <summary>The example with each large input at a whole number at which the fault still happens; the next below has it no more.</summary>
    public CounterExample Of(CounterExample example)
    {
        Situation at = example.At.Copy();
        foreach (Read read in ExpressionTree.Reads(example.Body).Where(read => read.Kind == ReadKind.Feature && at.Of(read) > Plain && !double.IsInfinity(at.Of(read))))
        {
            at = Least(at, read);
        }

        return example with { At = at };
    }

    private Situation Least(Situation fails, Read read)
    {
        double low = 0;
        double high = Math.Floor(fails.Of(read));
        while (high - low > 1)
        {
            double middle = Math.Floor(low + ((high - low) / 2));
            Situation tried = fails.Copy();
            tried[read.Kind, read.Name] = middle;
            if (situations.IsLegal(tried) && happens(tried))
            {
                (high, fails) = (middle, tried);
            }
            else
            {
                low = middle;
            }
        }

        return fails;
    }
}
