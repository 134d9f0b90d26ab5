using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>How victims are found; member names of Squelch.PlanKind.</summary>
internal enum PlanShape { FullScan, PrunedScan, Heap, List, Custom }

/// <param name="Name">Camel case, unique among the columns.</param>
/// <param name="Source">Its value, from features.</param>
/// <param name="Unit">Member name of Squelch.Unit.</param>
/// <param name="Formula">As the author wrote it; null for a part of a formula, whose text is that of its source.</param>
/// <param name="Range">Its values while features keep to their ranges.</param>
internal sealed record PlannedColumn(string Name, Expression Source, string Unit, string? Formula, ValueRange Range)
{
    public string Constant => Names.Pascal(Name);

    public bool AtMostNow => Source is Read { Kind: ReadKind.Feature } read && FeatureTable.Of(read.Name).AtMostNow;
}

/// <summary>A term, or one score of a lexicographic order.</summary>
/// <param name="Body">Over columns.</param>
/// <param name="MonotoneColumn">The one column that the term reads and in which it is monotone, or -1.</param>
internal sealed record PlannedTerm(string Name, string Source, Expression Body, bool Normalized, int MonotoneColumn, WeightModel Weight);

/// <summary>What a reuse table counts by.</summary>
/// <param name="Class">A column, or a constant.</param>
/// <param name="LastAccess">A column.</param>
internal sealed record PlannedReuse(Expression Class, ColumnRead LastAccess)
{
    /// <summary>The features that the selection reads of it.</summary>
    public List<string> Measures { get; } = [];
}

/// <summary>Everything the writers need besides the model.</summary>
internal sealed class PolicyPlan
{
    public PolicyPlan(PolicyModel model) => Model = model;

    public PolicyModel Model { get; }

    public PlanShape Shape { get; set; }

    public List<string> Reasons { get; } = [];

    /// <summary>What keeps a full scan from being pruned; null for other plans.</summary>
    public Obstacle? Obstacle { get; set; }

    /// <summary>The type of columns and scores.</summary>
    public IrType Scalar => Model.SinglePrecision ? IrType.Float : IrType.Double;

    /// <summary>Those the selection reads come first.</summary>
    public List<PlannedColumn> Columns { get; } = [];

    /// <summary>How many columns the selection reads.</summary>
    public int SelectionColumns { get; set; }

    /// <summary>Of the columns, in bytes; a policy that draws keeps the creation number too, one that counts sessions their sketch, one that remembers victims the key.</summary>
    public int BytesPerNode
        => (Columns.Count * (Model.SinglePrecision ? 4 : 8))
            + (Terms.Any(term => ExpressionTree.ReadsFeature(term.Body, "draw")) ? 8 : 0)
            + (Columns.Any(column => column.Source is Read { Kind: ReadKind.Feature, Name: "sessions" }) ? 8 : 0)
            + (Columns.Any(column => column.Source is Read { Kind: ReadKind.Feature, Name: "evictedAgo" }) ? 8 : 0);

    public List<PlannedTerm> Terms { get; } = [];

    /// <summary>The first score, over columns; null for ordered plans, whose columns are the scores.</summary>
    public Expression? Score { get; set; }

    /// <summary>Further scores of a lexicographic order, over columns.</summary>
    public List<Expression> FurtherScores { get; } = [];

    /// <summary>The lower bound of the score over a block, for pruned scans.</summary>
    public Expression? Bound { get; set; }

    /// <summary>The table that the selection reads, or null.</summary>
    public PlannedReuse? Reuse { get; set; }

    public bool Ordered => Shape is PlanShape.Heap or PlanShape.List;

    /// <summary>True where the scan has a vector form.</summary>
    public bool Vectors { get; set; }
}
