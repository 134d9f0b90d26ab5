using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Chooses how a policy's victims are found, and which columns that takes.</summary>
internal static class Planner
{
    public static PolicyPlan Plan(PolicyModel model)
    {
        model = ThrowGuard.Apply(model);
        var plan = new PolicyPlan(model);
        if (model.Selector is not null)
        {
            plan.Shape = PlanShape.Custom;
            plan.Reasons.Add("The policy brings its own selector.");
            return plan;
        }

        if (IsOrdered(model))
        {
            PlanOrder(plan);
        }
        else
        {
            PlanScan(plan);
        }

        plan.SelectionColumns = plan.Columns.Count;
        KeepFeatures(plan);
        return plan;
    }

    private static bool IsOrdered(PolicyModel model)
        => model.Terms.All(term => !term.MinMax && ExpressionTree.TimeFree(term.Body))
           && model.Scores.All(score => ExpressionTree.TimeFree(score.Body));

    private static void PlanOrder(PolicyPlan plan)
    {
        PolicyModel model = plan.Model;
        var guard = new NumberGuard(model);
        if (model.Terms.Count > 0)
        {
            AddKey(plan, model.Terms.Count == 1 ? model.Terms[0].Name : "score", string.Join(" + ", model.Terms.Select(term => term.Name)), guard.OfTerms(WeightedSum.Unscaled(model)!));
        }

        foreach (ScoreModel score in model.Scores)
        {
            AddKey(plan, score.Name, score.Source, guard.OfScore(score, WeightedSum.AsScalar(score.Body, plan.Scalar)));
        }

        bool lastAccess = plan.Columns.Count == 1 && plan.Columns[0].Source is Read { Kind: ReadKind.Feature, Name: "lastAccess" };
        bool inserted = plan.Columns.Count == 1 && plan.Columns[0].Source is Read { Kind: ReadKind.Feature, Name: "inserted" };
        if (lastAccess && model.Touch == "Path")
        {
            plan.Shape = PlanShape.List;
            plan.Reasons.Add("The score is lastAccess alone, so the order is the order of accesses: a list, O(1) per change and victim.");
            plan.Reasons.Add("Accesses touch whole paths, so a node stands before its own children only where they tie.");
            return;
        }

        plan.Shape = PlanShape.Heap;
        plan.Reasons.Add(plan.Columns.Count > 1
            ? "No score depends on the clock or on other nodes, so the lexicographic order is kept in an indexed heap."
            : "The score does not depend on the clock or on other nodes, so the order is kept in an indexed heap.");
        if (lastAccess || inserted)
        {
            plan.Reasons.Add("No list: inner nodes that stay as old as they are would gather at its head.");
        }
    }

    private static void AddKey(PolicyPlan plan, string name, string source, Expression value)
    {
        // A key that an earlier one decides already adds nothing.
        if (!plan.Columns.Any(column => column.Source.Equals(value)))
        {
            plan.Columns.Add(Column(plan, value, Names.Camel(name), source));
        }
    }

    private static void PlanScan(PolicyPlan plan)
    {
        PolicyModel model = plan.Model;
        var extraction = new ColumnExtraction(plan);
        foreach (TermModel term in model.Terms)
        {
            AddTerm(plan, term.Name, term.Source, extraction.Extract(WeightedSum.AsScalar(term.Body, plan.Scalar), Names.Camel(term.Name), term.Source), term.MinMax, term.Weight);
        }

        foreach (ScoreModel score in model.Scores)
        {
            AddTerm(plan, score.Name, score.Source, extraction.Extract(WeightedSum.AsScalar(score.Body, plan.Scalar), Names.Camel(score.Name), score.Source), false, new(null, 1));
        }

        int first = model.Terms.Count > 0 ? model.Terms.Count : 1;
        var guard = new NumberGuard(model);
        plan.Score = model.Terms.Count > 0 ? guard.OfTerms(Sum(plan)) : guard.OfScore(model.Scores[0], plan.Terms[0].Body);
        plan.FurtherScores.AddRange(plan.Terms.Skip(first).Select((term, index) => guard.OfScore(model.Scores[first + index], term.Body)));

        plan.Obstacle = VectorSupport.Obstacle(plan.Score, plan.Scalar);
        plan.Vectors = plan.Obstacle is null;
        plan.Obstacle ??= Unboundable(plan);
        plan.Shape = PlanShape.FullScan;
        if (plan.Obstacle is { } obstacle)
        {
            plan.Reasons.Add($"Every candidate is scored{(plan.Vectors ? ", in vectors" : " one at a time")}: {obstacle.Why}.");
            return;
        }

        plan.Shape = PlanShape.PrunedScan;
        plan.Reasons.Add(plan.Terms.Any(term => term.Normalized)
            ? "Terms are scaled over the candidates, so no order can be kept; the extremes come from bounds per block, because each scaled term is monotone in one column."
            : "The score changes with the clock, so no order can be kept.");
        if (plan.Reuse is not null)
        {
            plan.Reasons.Add("What the reuse table says over a block of nodes is bounded by the extremes of its cells over the block's ages and classes.");
        }

        plan.Reasons.Add("The score has a lower bound over a block of nodes, so blocks that cannot hold the victim are skipped.");
    }

    private static Obstacle? Unboundable(PolicyPlan plan)
    {
        if (ExpressionTree.ReadsFeature(plan.Score!, "draw"))
        {
            return new("draw is fresh for each node, so no bound says anything", null);
        }

        if (plan.Terms.FirstOrDefault(term => term.Normalized && term.MonotoneColumn < 0) is { } term)
        {
            return new(
                $"{term.Name} is scaled over the candidates and not monotone in one column, so its extremes need every candidate",
                "split it into terms that each rise or fall with one feature, or with one expression over features that does not read now");
        }

        plan.Bound = new IntervalForm(Intervals(plan)).Lower(plan.Score!);
        if (plan.Bound is null)
        {
            return new("the score has no lower bound over a block of nodes", "divide by what cannot be negative, as Math.Max(..., 1), and compare numbers of one kind alone");
        }

        return VectorSupport.Obstacle(plan.Bound, plan.Scalar) is { } obstacle ? obstacle with { Why = $"its bound has no vector form ({obstacle.Why})" } : null;
    }

    private static void AddTerm(PolicyPlan plan, string name, string source, Expression body, bool normalized, WeightModel weight)
    {
        int[] columns = [.. ExpressionTree.All(body).OfType<ColumnRead>().Select(read => read.Column).Distinct()];
        int monotone = columns.Length == 1
            && Monotonicity.InColumn(Intervals(plan), columns[0], body) is Direction.Up or Direction.Down
            ? columns[0]
            : -1;
        plan.Terms.Add(new(name, source, body, normalized, monotone, weight));
    }

    /// <summary>The weighted sum over columns.</summary>
    private static Expression Sum(PolicyPlan plan)
        => plan.Terms.Take(plan.Model.Terms.Count)
            .Select((term, index) => WeightedSum.Weighted(plan.Scalar, term.Weight, term.Normalized ? new Normalized(plan.Scalar, index, term.Body) : term.Body))
            .Aggregate((sum, term) => new Binary(plan.Scalar, BinaryOp.Add, sum, term));

    internal static IntervalAnalysis Intervals(PolicyPlan plan)
        => new(leaf => RangeOf(plan, leaf), column => plan.Columns[column.Column].Source);

    private static ValueRange RangeOf(PolicyPlan plan, Expression leaf)
    {
        switch (leaf)
        {
            case ColumnRead column:
                return plan.Columns[column.Column].Range;
            case Read { Kind: ReadKind.Feature } read:
                return RangeOf(read.Name);
            case ReuseRead reuse:
                return RangeOf(reuse.Measure);
            case Read { Kind: ReadKind.Tunable } read:
                // Only the sign: a tunable may be set outside its range, and a run that checks signs still holds.
                TunableModel tunable = plan.Model.Tunables.First(item => Names.Camel(item.Name) == Names.Camel(read.Name));
                return new(tunable.Minimum >= 0 ? 0 : double.NegativeInfinity, tunable.Maximum <= 0 ? 0 : double.PositiveInfinity);
            default:
                return ValueRange.Any;
        }
    }

    private static ValueRange RangeOf(string feature) => new(FeatureTable.Of(feature).Low, FeatureTable.Of(feature).High);

    internal static PlannedColumn Column(PolicyPlan plan, Expression value, string name, string? formula)
    {
        if (value is Read { Kind: ReadKind.Feature } feature)
        {
            FeatureRow range = FeatureTable.Of(feature.Name);
            return new(range.Name, value, range.Unit, range.Name, new(range.Low, range.High));
        }

        if (value is Read { Kind: ReadKind.CustomFeature } own)
        {
            CustomFeatureModel custom = plan.Model.Features.First(item => item.Name == own.Name);
            return new(custom.Name, value, custom.Unit, custom.Source, ValueRange.Any);
        }

        string unique = name;
        for (int number = 2; plan.Columns.Any(column => column.Name == unique) || IsInput(plan.Model, unique); number++)
        {
            unique = name + number;
        }

        return new(unique, value, "None", formula, Intervals(plan).Of(value));
    }

    /// <summary>Formulas read by name, so no derived column has the name of an input.</summary>
    private static bool IsInput(PolicyModel model, string name)
        => FeatureTable.Has(name) || model.Tunables.Any(tunable => Names.Camel(tunable.Name) == name)
            || model.States.Any(state => Names.Camel(state.Name) == name) || model.Features.Any(feature => feature.Name == name);

    /// <summary>Adds the features that columns, custom features and policy states read and that the node table does not know.</summary>
    private static void KeepFeatures(PolicyPlan plan)
    {
        var readers = new Queue<Expression>(plan.Columns.Select(column => column.Source)
            .Where(source => source is not Read)
            .Concat(plan.Model.Updates.Select(update => update.Body)));
        var seen = new HashSet<string>();
        foreach (PlannedColumn column in plan.Columns.ToArray())
        {
            if (column.Source is Read { Kind: ReadKind.CustomFeature } own && seen.Add(own.Name))
            {
                Enqueue(own.Name);
            }
        }

        while (readers.Count > 0)
        {
            foreach (Read input in ExpressionTree.Reads(readers.Dequeue()))
            {
                Read read = input.Kind == ReadKind.Parent ? input.OwnOfParent() : input;
                bool own = read.Kind == ReadKind.CustomFeature;
                bool kept = own || (read.Kind == ReadKind.Feature && FeatureTable.Of(read.Name).Source
                    is FeatureSource.Access or FeatureSource.Insert or FeatureSource.Continuation or FeatureSource.Use or FeatureSource.Sessions or FeatureSource.Ghost or FeatureSource.Hint);
                if (own && seen.Add(read.Name))
                {
                    Enqueue(read.Name);
                }

                if (kept && !plan.Columns.Any(column => column.Source is Read stored && stored.Kind == read.Kind && stored.Name == read.Name))
                {
                    plan.Columns.Add(Column(plan, new Read(plan.Scalar, read.Kind, read.Name), read.Name, read.Name));
                }
            }
        }

        void Enqueue(string feature)
        {
            foreach (Expression body in plan.Model.Features.First(item => item.Name == feature).Bodies)
            {
                readers.Enqueue(body);
            }
        }
    }
}
