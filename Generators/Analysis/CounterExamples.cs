using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>A fault that was seen to happen, and the legal inputs it happened at.</summary>
/// <param name="Body">The formula.</param>
internal sealed record CounterExample(Expression Body, Fault Fault, Situation At);

/// <summary>
/// Looks for inputs at which a policy's formulas divide by zero or give no finite number. What the intervals prove is not tried; what is found
/// was computed, so it is no guess; what is neither proven nor found stays undecided.
/// </summary>
internal sealed class CounterExamples
{
    private const int Bases = 48;

    /// <summary>Operations that one formula is given: an editor waits for the answer.</summary>
    private const int Budget = 1_000_000;

    private readonly PolicyModel _model;
    private readonly LegalRanges _ranges;
    private readonly Dictionary<Expression, CounterExample> _found = new(ExpressionTree.ByReference);

    private CounterExamples(PolicyModel model, LegalRanges ranges)
    {
        _model = model;
        _ranges = ranges;
    }

    /// <summary>One example per faulty operation.</summary>
    public static IReadOnlyCollection<CounterExample> Of(PolicyModel model, LegalRanges ranges)
    {
        var examples = new CounterExamples(model, ranges);
        examples.Search();
        return examples._found.Values;
    }

    private void Search()
    {
        bool histories = _model.Features.SelectMany(feature => feature.Bodies).Concat(_model.Updates.Where(update => !update.OnlyEvicts).Select(update => update.Body))
            .Any(body => SuspectsOf(body, scoring: false).Count > 0);
        foreach ((Expression body, bool scaled) in Scored())
        {
            HashSet<Expression> suspects = SuspectsOf(body, scoring: true);
            bool infinite = scaled && _ranges.Scoring().Of(body).MayBeInfinite;
            if (suspects.Count == 0 && !infinite)
            {
                continue;
            }

            if (ExpressionTree.Reads(body).Any(read => read.Kind is not ReadKind.Feature and not ReadKind.Tunable))
            {
                histories = true;
            }
            else
            {
                Try(body, suspects);
            }
        }

        if (WeightedSum.Unscaled(_model) is { } sum && _model.Terms.All(term => !ReferenceEquals(term.Body, sum)))
        {
            HashSet<Expression> suspects = SuspectsOf(sum, scoring: true);
            suspects.RemoveWhere(suspect => _model.Terms.Any(term => ExpressionTree.All(term.Body).Contains(suspect)));
            if (suspects.Count > 0 && ExpressionTree.Reads(sum).All(read => read.Kind is ReadKind.Feature or ReadKind.Tunable))
            {
                Try(sum, suspects);
            }
        }

        if (histories)
        {
            new Histories(_model, Keep).Play();
        }
    }

    private IEnumerable<(Expression Body, bool Scaled)> Scored()
        => _model.Terms.Select(term => (term.Body, term.MinMax))
            .Concat(_model.Scores.Select(score => (score.Body, false)))
            .Concat(_model.Updates.Where(update => update.OnlyEvicts).Select(update => (update.Body, false)))
            .Concat(_model.Checkpoint is { } checkpoint ? [(checkpoint.Body, false)] : [])
            .Concat(_model.ReuseTable is { } table ? [(table.Class, false)] : []);

    private HashSet<Expression> SuspectsOf(Expression body, bool scoring)
    {
        IntervalAnalysis intervals = scoring ? _ranges.Scoring() : _ranges.Updating();
        intervals.Suspects = [];
        intervals.Of(body);
        return intervals.Suspects;
    }

    private void Try(Expression body, HashSet<Expression> suspects)
    {
        var situations = new Situations(_model, _ranges);
        var current = new Situation();
        var evaluator = new Evaluator(read => current.Of(read));
        var bases = new List<Situation>();
        int size = ExpressionTree.All(body).Count();
        int left = Budget / size;
        foreach (Situation situation in situations.Of(body).Take(left))
        {
            current = situation;
            Keep(body, evaluator.Run(body), evaluator.Faults, situation);
            if (bases.Count < Bases)
            {
                bases.Add(situation);
            }
        }

        TryRoots(body, suspects, situations, bases, left / 2, evaluator, situation => current = situation);
        foreach (CounterExample example in _found.Values.Where(example => ReferenceEquals(example.Body, body)).ToList())
        {
            _found[example.Fault.Operation] = new Shrinking(situations, situation => Happens(example, situation)).Of(example);
        }

        bool Happens(CounterExample example, Situation situation)
        {
            current = situation;
            double value = evaluator.Run(body);
            return Counted(value, evaluator.Faults).Contains(example.Fault)
                || (example.Fault.Kind == FaultKind.InfiniteTerm && double.IsInfinity(value));
        }
    }

    /// <summary>Tries where a divisor or an argument goes through zero between the values that were tried.</summary>
    private void TryRoots(Expression body, HashSet<Expression> suspects, Situations situations, List<Situation> bases, int left, Evaluator evaluator, Action<Situation> use)
    {
        foreach (Expression part in suspects.Select(Root).Where(part => part is not null).Distinct()!)
        {
            foreach (Read read in ExpressionTree.Reads(part!).Where(read => read.Kind == ReadKind.Feature))
            {
                foreach (Situation start in bases.TakeWhile(_ => left-- > 0))
                {
                    if (RootOf(part!, read, start, evaluator, use) is { } root && situations.IsLegal(root))
                    {
                        use(root);
                        Keep(body, evaluator.Run(body), evaluator.Faults, root);
                    }
                }
            }
        }
    }

    private static Expression? Root(Expression suspect) => suspect switch
    {
        Binary { Op: BinaryOp.Divide or BinaryOp.Remainder } binary => binary.Right,
        Call call when FunctionTable.Of(call).BreaksAtZero => call.First,
        _ => null,
    };

    /// <summary>Where the secant through two values of one input meets zero.</summary>
    private static Situation? RootOf(Expression part, Read read, Situation start, Evaluator evaluator, Action<Situation> use)
    {
        Situation next = start.Copy();
        double from = start.Of(read);
        next[read.Kind, read.Name] = from + 1;
        use(start);
        double first = evaluator.Run(part);
        use(next);
        double second = evaluator.Run(part);
        double root = from - (first / (second - first));
        if (double.IsNaN(root) || double.IsInfinity(root))
        {
            return null;
        }

        Situation at = start.Copy();
        at[read.Kind, read.Name] = root;
        use(at);
        if (evaluator.Run(part) != 0)
        {
            at[read.Kind, read.Name] = System.Math.Round(root);
        }

        return at;
    }

    private void Keep(Expression body, double value, IReadOnlyList<Fault> faults, Situation situation)
    {
        Fault[] counted = [.. Counted(value, faults)];
        foreach (Fault fault in counted.Where(fault => !_found.ContainsKey(fault.Operation)))
        {
            _found.Add(fault.Operation, new(body, fault, situation.Copy()));
        }

        if (double.IsInfinity(value) && counted.Length == 0 && !_found.ContainsKey(body) && _model.Terms.Any(term => term.MinMax && ReferenceEquals(term.Body, body)))
        {
            _found.Add(body, new(body, new(FaultKind.InfiniteTerm, body), situation.Copy()));
        }
    }

    /// <summary>An infinity that does not reach the result harms nobody; one that a feature brings in is meant, except where it is scaled.</summary>
    private static IEnumerable<Fault> Counted(double value, IReadOnlyList<Fault> faults)
    {
        bool finite = !double.IsNaN(value) && !double.IsInfinity(value);
        bool caused = false;
        foreach (Fault fault in faults)
        {
            // What follows from a first fault is no fault of its own.
            bool counts = fault.Kind is FaultKind.ZeroDivisor or FaultKind.CrossedLimits || (!caused && (fault.Kind == FaultKind.NaN || !finite));
            caused |= counts;
            if (counts)
            {
                yield return fault;
            }
        }
    }
}
