using Squelch.Generators.Ir;
using Xunit;
using static Squelch.Emit.Tests.Formulas;

namespace Squelch.Emit.Tests;

/// <summary>Policies as the front end would hand them over, with the part that the author writes.</summary>
internal static class Samples
{
    public static readonly PolicyModel Marconi = Empty("Marconi") with
    {
        Candidates = "AtMostOneChild",
        Touch = "Deepest",
        Tunables = new([new TunableModel("Alpha", 0, 2, 0.1, 1)]),
        Terms = new(
        [
            new TermModel("Recency", "1 / (now - lastAccess)", Divide(Number(1), Subtract(Feature("now"), Feature("lastAccess"))), true, new(null, 1)),
            new TermModel("FlopEfficiency", "flopsSaved / bytesHeld", Divide(Feature("flopsSaved"), Feature("bytesHeld")), true, new("Alpha", 0)),
        ]),
        BootstrapTunable = "Alpha",
    };

    public static readonly PolicyModel Hyperbolic = Empty("Hyperbolic") with
    {
        Scores = new([new ScoreModel("Score", "hits / (now - inserted)", Divide(Feature("hits"), Subtract(Feature("now"), Feature("inserted"))), 0)]),
    };

    public static readonly PolicyModel Lru = Empty("Lru") with
    {
        Scores = new([new ScoreModel("Score", "lastAccess", Feature("lastAccess"), 0)]),
    };

    public static readonly PolicyModel Lfu = Empty("Lfu") with
    {
        Scores = new(
        [
            new ScoreModel("Frequency", "hits", Feature("hits"), 0),
            new ScoreModel("Age", "lastAccess", Feature("lastAccess"), 1),
        ]),
    };

    public static readonly PolicyModel RandomNode = Empty("RandomNode") with
    {
        Scores = new([new ScoreModel("Score", "draw", Feature("draw"), 0)]),
    };

    public static readonly PolicyModel Gdsf = Empty("Gdsf") with
    {
        States = new([new StateModel("Inflation")]),
        Features = new(
        [
            new CustomFeatureModel(
                "credit",
                "None",
                "inflation + hits * flopsSaved / bytesHeld",
                Add(State("inflation"), Divide(Multiply(Feature("hits"), Feature("flopsSaved")), Feature("bytesHeld"))),
                Add(State("inflation"), Divide(Multiply(Feature("hits"), Feature("flopsSaved")), Feature("bytesHeld")))),
        ]),
        Scores = new([new ScoreModel("Score", "credit", Own("credit"), 0)]),
        Updates = new([new StateUpdateModel("Inflation", "Raise", "victimScore", new Read(IrType.Double, ReadKind.VictimScore, "victimScore"), UpdateEvents.Evict, 0)]),
    };

    /// <summary>Floats, and a shared subexpression.</summary>
    public static readonly PolicyModel Single = Empty("Single") with
    {
        SinglePrecision = true,
        Terms = new(
        [
            new TermModel("Value", "hits / (now - lastAccess)", SingleValue(), false, new(null, 1)),
            new TermModel("Depth", "depthTokens", Feature("depthTokens", IrType.Float), true, new(null, 0.25)),
        ]),
    };

    /// <summary>A lexicographic order that changes with time.</summary>
    public static readonly PolicyModel Stale = Empty("Stale") with
    {
        Scores = new(
        [
            new ScoreModel("Age", "Math.Floor((now - lastAccess) / -64)", Math("Floor", Divide(Subtract(Feature("lastAccess"), Feature("now")), Number(64))), 0),
            new ScoreModel("Size", "-bytesHeld", new Unary(IrType.Double, UnaryOp.Negate, Feature("bytesHeld")), 1),
        ]),
    };

    /// <summary>Functions, a choice and a conversion to long; a tunable inside a term.</summary>
    public static readonly PolicyModel Mixed = Empty("Mixed") with
    {
        Tunables = new([new TunableModel("Decay", 0, 1, 0.25, 0.5)]),
        Terms = new(
        [
            new TermModel(
                "Kept",
                "hits * Math.Exp(-decay * (now - lastAccess))",
                Multiply(Feature("hits"), Math("Exp", Multiply(new Unary(IrType.Double, UnaryOp.Negate, Tunable("decay")), Subtract(Feature("now"), Feature("lastAccess"))))),
                false,
                new(null, 1)),
            new TermModel("Late", "expires < now ? 0.5 : Math.Max((double)((long)hits & 3), 1)", Late(), false, new(null, 2)),
        ]),
    };

    /// <summary>64-bit lanes among 32-bit ones: scored one at a time.</summary>
    public static readonly PolicyModel Lanes = Empty("Lanes") with
    {
        Scores = new(
        [
            new ScoreModel(
                "Score",
                "(int)(now - lastAccess) / 3",
                new Conversion(IrType.Double, new Binary(IrType.Int, BinaryOp.Divide, new Conversion(IrType.Int, Subtract(Feature("lastAccess"), Feature("now"))), new Constant(IrType.Int, 0, 3))),
                0),
        ]),
    };

    /// <summary>A heap whose key holds a tunable.</summary>
    public static readonly PolicyModel Weighed = Empty("Weighed") with
    {
        Tunables = new([new TunableModel("Weight", 0, 10, 1, 2)]),
        Scores = new([new ScoreModel("Score", "lastAccess + weight * hits", Add(Feature("lastAccess"), Multiply(Tunable("weight"), Feature("hits"))), 0)]),
    };

    /// <summary>Not a number where a node is young: the score is guarded.</summary>
    public static readonly PolicyModel Guarded = Empty("Guarded") with
    {
        States = new([new StateModel("Level")]),
        Scores = new([new ScoreModel("Score", "Math.Sqrt(now - lastAccess - 5) + level", Add(Math("Sqrt", Subtract(Subtract(Feature("now"), Feature("lastAccess")), Number(5))), State("level")), 0)]),
        Updates = new([new StateUpdateModel("Level", "Lower", "Math.Log(victimScore - 1)", Math("Log", Subtract(new Read(IrType.Double, ReadKind.VictimScore, "victimScore"), Number(1))), UpdateEvents.Evict, 0)]),
    };

    /// <summary>Numbers of the policy itself that hits and insertions write, among features that they read.</summary>
    public static readonly PolicyModel Learned = Empty("Learned") with
    {
        States = new([new StateModel("MeanGap"), new StateModel("Seen"), new StateModel("Made")]),
        Features = new(
        [
            new CustomFeatureModel("gap", "Ticks", "now - last", null, Subtract(Feature("now"), Own("last"))),
            new CustomFeatureModel("last", "Ticks", "now", Feature("now"), Feature("now")),
        ]),
        Updates = new(
        [
            new StateUpdateModel("Made", "Count", "made + hits", Add(State("made"), Feature("hits")), UpdateEvents.Insert, 0),
            new StateUpdateModel("MeanGap", "Learn", "meanGap + (gap - meanGap) / 4", Add(State("meanGap"), Divide(Subtract(Own("gap"), State("meanGap")), Number(4))), UpdateEvents.Hit, 1),
            new StateUpdateModel("Seen", "See", "last", Own("last"), UpdateEvents.Hit | UpdateEvents.Evict, 1),
        ]),
        Scores = new([new ScoreModel("Score", "Math.Max(meanGap, 1) / (now - last + 1) + seen + made", Add(Add(Divide(Math("Max", State("meanGap"), Number(1)), Add(Subtract(Feature("now"), Own("last")), Number(1))), State("seen")), State("made")), 0)]),
    };

    /// <summary>How many sessions used a node, by time, and how evenly the last of them comes.</summary>
    public static readonly PolicyModel Visited = Empty("Visited") with
    {
        Scores = new(
        [
            new ScoreModel("Score", "sessions / (now - lastAccess + 1)", Divide(Feature("sessions"), Add(Subtract(Feature("now"), Feature("lastAccess")), Number(1))), 0),
            new ScoreModel("Even", "sessionGapSpread", Feature("sessionGapSpread"), 1),
        ]),
    };

    /// <summary>How soon a node came back after it was evicted.</summary>
    public static readonly PolicyModel Returned = Empty("Returned") with
    {
        Scores = new([new ScoreModel("Score", "1 / (now - lastAccess + Math.Min(evictedAgo, 1000) + 1)", Divide(Number(1), Add(Add(Subtract(Feature("now"), Feature("lastAccess")), Math("Min", Feature("evictedAgo"), Number(1000))), Number(1))), 0)]),
    };

    /// <summary>An infinite feature that is scaled over the candidates.</summary>
    public static readonly PolicyModel Endless = Empty("Endless") with
    {
        Terms = new(
        [
            new TermModel("Due", "nextUse", Feature("nextUse"), true, new(null, 1)),
            new TermModel("Hits", "hits", Feature("hits"), true, new(null, 0.5)),
        ]),
    };

    /// <summary>Bounds on both sides of zero, under a sign that turns them.</summary>
    public static readonly PolicyModel Near = Empty("Near") with
    {
        Scores = new(
        [
            new ScoreModel(
                "Score",
                "depthTokens / (1 + now - lastAccess) - Math.Abs(nextUse - now)",
                Subtract(
                    Divide(Feature("depthTokens"), Subtract(Add(Number(1), Feature("now")), Feature("lastAccess"))),
                    Math("Abs", Subtract(Feature("nextUse"), Feature("now")))),
                0),
        ]),
    };

    /// <summary>Functions that devices round in their own way, a choice by them, and two more scores for ties.</summary>
    public static readonly PolicyModel Faded = Empty("Faded") with
    {
        Scores = new(
        [
            new ScoreModel(
                "Worth",
                "Math.Log(1 + now - lastAccess) < 4 || hits == 2 ? Math.Pow(1 + hits, 0.25) : -Math.Exp2(now / 512 - lastAccess / 512)",
                new Choice(
                    IrType.Double,
                    new Binary(
                        IrType.Bool,
                        BinaryOp.Or,
                        new Binary(IrType.Bool, BinaryOp.Less, Math("Log", Subtract(Add(Number(1), Feature("now")), Feature("lastAccess"))), Number(4)),
                        new Binary(IrType.Bool, BinaryOp.Equal, Feature("hits"), Number(2))),
                    Math("Pow", Add(Number(1), Feature("hits")), Number(0.25)),
                    new Unary(IrType.Double, UnaryOp.Negate, Math("Exp2", Divide(Subtract(Feature("now"), Feature("lastAccess")), Number(512))))),
                0),
            new ScoreModel("Decades", "Math.Floor(Math.Log10(1 + now - inserted))", Math("Floor", Math("Log10", Subtract(Add(Number(1), Feature("now")), Feature("inserted")))), 1),
            new ScoreModel("Size", "-bytesHeld", new Unary(IrType.Double, UnaryOp.Negate, Feature("bytesHeld")), 2),
        ]),
    };

    /// <summary>The same in single precision, beside a scaled term.</summary>
    public static readonly PolicyModel FadedSingle = Empty("FadedSingle") with
    {
        SinglePrecision = true,
        Terms = new(
        [
            new TermModel(
                "Worth",
                "hits * MathF.Exp((lastAccess - now) / 100f)",
                Multiply(
                    Feature("hits", IrType.Float),
                    Math("Exp", Divide(Subtract(Feature("lastAccess", IrType.Float), Feature("now", IrType.Float)), Number(100, IrType.Float)))),
                false,
                new(null, 1)),
            new TermModel("Depth", "depthTokens", Feature("depthTokens", IrType.Float), true, new(null, 0.25)),
        ]),
    };

    /// <summary>What a reuse table has learnt, by uses.</summary>
    public static readonly PolicyModel Reused = Empty("Reused") with
    {
        ReuseTable = new("Uses", "hits - 1", 4, Subtract(Feature("hits"), Number(1))),
        Scores = new([new ScoreModel("Score", "hitDensity / bytesHeld", Divide(Feature("hitDensity"), Feature("bytesHeld")), 0)]),
    };

    /// <summary>All that a reuse table says, of which bounds need both sides; a class that a tunable moves, and another score for ties.</summary>
    public static readonly PolicyModel Survivor = Empty("Survivor") with
    {
        Tunables = new([new TunableModel("Width", 1, 10, 1, 2)]),
        ReuseTable = new("Class", "hits / width", 3, Divide(Feature("hits"), Tunable("width"))),
        Scores = new(
        [
            new ScoreModel(
                "Score",
                "reuseChance * hits - survival + hazard - 0.5 * hitDensity",
                Subtract(
                    Add(Subtract(Multiply(Feature("reuseChance"), Feature("hits")), Feature("survival")), Feature("hazard")),
                    Multiply(Number(0.5), Feature("hitDensity"))),
                0),
            new ScoreModel("Chance", "-reuseChance", new Unary(IrType.Double, UnaryOp.Negate, Feature("reuseChance")), 1),
        ]),
    };

    /// <summary>In single precision, of one class, beside a scaled term.</summary>
    public static readonly PolicyModel ReusedSingle = Empty("ReusedSingle") with
    {
        SinglePrecision = true,
        ReuseTable = new("Class", "0", 1, new Constant(IrType.Int, 0, 0)),
        Terms = new(
        [
            new TermModel("Chance", "reuseChance - hazard", Subtract(Feature("reuseChance", IrType.Float), Feature("hazard", IrType.Float)), false, new(null, 1)),
            new TermModel("Depth", "depthTokens", Feature("depthTokens", IrType.Float), true, new(null, 0.25)),
        ]),
    };

    /// <summary>What eviction frees and loses, and what lies below.</summary>
    public static readonly PolicyModel Placed = Empty("Placed") with
    {
        Candidates = "Checkpoints",
        Trim = 32,
        Features = new([new CustomFeatureModel("load", "None", "subtreeBytes / bytesFreed", Divide(Feature("subtreeBytes"), Feature("bytesFreed")), Divide(Feature("subtreeBytes"), Feature("bytesFreed")))]),
        Scores = new(
        [
            new ScoreModel(
                "Score",
                "subtreeHits * tokensLost / bytesFreed / Math.Max(now - lastAccess, 1)",
                Divide(Divide(Multiply(Feature("subtreeHits"), Feature("tokensLost")), Feature("bytesFreed")), Math("Max", Subtract(Feature("now"), Feature("lastAccess")), Number(1))),
                0),
            new ScoreModel("Replay", "replayTokens + load", Add(Feature("replayTokens"), Own("load")), 1),
        ]),
    };

    public static readonly PolicyModel[] All = [Placed, Marconi, Hyperbolic, Lru, Lfu, RandomNode, Gdsf, Single, Stale, Mixed, Lanes, Weighed, Guarded, Learned, Visited, Returned, Endless, Near, Faded, FadedSingle, Reused, Survivor, ReusedSingle];

    public static TheoryData<string> Names => [.. All.Select(model => model.Name)];

    /// <summary>The author's half of the policy.</summary>
    public static string Source(PolicyModel model)
        => $"namespace Tests;\n/// <summary>A policy.</summary>\npublic readonly partial struct {model.Name}\n{{\n"
           + string.Concat(model.Tunables.Select(tunable => $"    /// <summary>A tunable.</summary>\n    public double {tunable.Name} {{ get; init; }}\n"))
           + string.Concat(model.States.Select(state => $"    private double {state.Name} {{ get; init; }}\n"))
           + "}\n";

    private static Expression SingleValue()
    {
        Expression age = Subtract(Feature("now", IrType.Float), Feature("lastAccess", IrType.Float));
        return Divide(Feature("hits", IrType.Float), Add(Multiply(age, age), Number(1, IrType.Float)));
    }

    private static Expression Late()
        => new Choice(
            IrType.Double,
            new Binary(IrType.Bool, BinaryOp.Less, Feature("expires"), Feature("now")),
            Number(0.5),
            Math(
                "Max",
                new Conversion(IrType.Double, new Binary(IrType.Long, BinaryOp.And, new Conversion(IrType.Long, Feature("hits")), new Constant(IrType.Long, 0, 3))),
                Number(1)));

    private static PolicyModel Empty(string name) => new()
    {
        Namespace = "Tests",
        Name = name,
        Containers = default,
        HintName = "Tests." + name,
        Summary = "A \"policy\".",
        SinglePrecision = false,
        Candidates = "Leaves",
        Touch = "Path",
        Checkpoints = new(["BranchPoint", "LastToken"]),
        Every = 0,
        Align = 1,
        Terms = default,
        Scores = default,
        Tunables = default,
        States = default,
        Features = default,
        Updates = default,
    };
}
