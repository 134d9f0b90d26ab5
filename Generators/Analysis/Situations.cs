using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>
/// Legal situations in which a formula over features and tunables is tried: small values first, then limits, the formula's own constants and
/// their neighbours, in all combinations or, where those are too many, a fixed sample of them.
/// </summary>
internal sealed class Situations(PolicyModel model, LegalRanges ranges)
{
    private const int Most = 3000;
    private const int MostConstants = 5;

    /// <summary>For a formula that reads nothing but features and tunables.</summary>
    public IEnumerable<Situation> Of(Expression formula)
    {
        (ReadKind Kind, string Name)[] inputs = [.. ExpressionTree.Reads(formula).Select(read => (read.Kind, Names.Camel(read.Name))).Distinct()];
        double[] constants = ConstantsOf(formula);
        double[][] values = [.. inputs.Select(input => Values(input.Kind, input.Name, constants))];
        double combinations = values.Aggregate(1.0, (product, list) => product * list.Length);
        bool all = combinations <= Most;
        ulong sample = 1;
        for (int index = 0; index < (all ? combinations : Most); index++)
        {
            var situation = new Situation();
            int rest = index;
            for (int input = 0; input < inputs.Length; input++)
            {
                // The first of a sample are the combinations of the first values, which are small.
                sample = unchecked((sample * 6364136223846793005) + 1442695040888963407);
                int pick = all || index < Most / 4 ? rest % values[input].Length : (int)((sample >> 33) % (ulong)values[input].Length);
                rest /= values[input].Length;
                situation[inputs[input].Kind, inputs[input].Name] = values[input][pick];
            }

            if (IsLegal(situation))
            {
                yield return situation;
            }
        }
    }

    public bool IsLegal(Situation situation) => situation.IsLegal(name => ranges.OfFeature(name, scoring: true));

    /// <summary>The values that a tunable is tried at.</summary>
    public static double[] Values(TunableModel tunable)
        => [.. ((double[])[tunable.Default, tunable.Minimum, tunable.Maximum, (tunable.Minimum + tunable.Maximum) / 2]).Where(LegalRanges.OfTunable(tunable).Contains).Distinct()];

    private double[] Values(ReadKind kind, string name, double[] constants)
    {
        if (kind == ReadKind.Tunable)
        {
            TunableModel tunable = model.Tunables.First(item => Names.Camel(item.Name) == name);
            return [.. Values(tunable).Concat(constants.Where(value => tunable.Minimum <= value && value <= tunable.Maximum)).Distinct()];
        }

        ValueRange range = ranges.OfFeature(name, scoring: true);
        FeatureRow feature = FeatureTable.Of(name);
        double[] usual = feature.Unit switch
        {
            "Ticks" => [1, 0, 2, 1000],
            "Bytes" => [1, 0, 2, 1 << 20],
            "Flops" => [1, 0, 1e12],
            "None" => [0.5],
            _ => [1, 2, 0, 64],
        };
        return [.. usual.Concat([range.High, range.Low]).Concat(constants).Where(value => range.Contains(value) && (!feature.Whole || Math.Floor(value) == value)).Distinct()];
    }

    /// <summary>The constants of a formula and their neighbours: where branches and divisors turn.</summary>
    private static double[] ConstantsOf(Expression formula)
        => [.. ExpressionTree.All(formula).OfType<Constant>()
            .Where(constant => constant.Type != IrType.Bool)
            .Select(constant => constant.Type is IrType.Double or IrType.Float ? Math.Abs(constant.Number) : Math.Abs((double)constant.Integer))
            .Where(value => value <= 1e22)
            .Distinct()
            .Take(MostConstants)
            .SelectMany(value => (double[])[value, value + 1, value - 1])];
}
