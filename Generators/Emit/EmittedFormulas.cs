using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>The formulas of a scan plan and the texts with which a selector feeds them.</summary>
internal sealed class EmittedFormulas
{
    public EmittedFormulas(PolicyPlan plan)
    {
        Plan = plan;
        Terms = [.. plan.Terms.Select(term => new FormulaWriter(plan, term.Name, term.Body))];
        Score = plan.Score is null ? null
            : plan.Terms.Count > 0 && plan.Terms[0].Body.Equals(plan.Score) ? Terms[0]
            : new FormulaWriter(plan, "TotalScore", plan.Score);
        Bound = plan.Bound is null ? null : new FormulaWriter(plan, "LowerBound", plan.Bound);
    }

    public PolicyPlan Plan { get; }

    public IReadOnlyList<FormulaWriter> Terms { get; }

    public FormulaWriter? Score { get; }

    public FormulaWriter? Bound { get; }

    public string T => ScalarText.Type(Plan.Scalar);

    /// <summary>A cast to the type of scores, where that is no double.</summary>
    public string Cast => Plan.Scalar == IrType.Float ? "(float)" : "";

    /// <summary>Scalar argument for one node.</summary>
    public string NodeArgument(FormulaInput input) => input switch
    {
        { Leaf: ColumnRead column } => $"Columns[{Plan.Columns[column.Column].Constant}Column][node]",
        { IsDraw: true } => $"{Cast}global::Squelch.Draw.At(_seed, now, Nodes.Creation(node))",
        _ => Shared(input),
    };

    /// <summary>Kernel argument over rows.</summary>
    public string RowsArgument(FormulaInput input) => input switch
    {
        { Leaf: ColumnRead column } => $"Columns[{Plan.Columns[column.Column].Constant}Column]",
        { IsDraw: true } => "global::Squelch.Draw.Key(_seed, now), _creation",
        _ => Shared(input),
    };

    /// <summary>Kernel argument over bounds; the prefix is empty, "Super" or "Quarter".</summary>
    public string BoundsArgument(FormulaInput input, string prefix) => input.Leaf is ColumnRead column
        ? $"Bounds!.{prefix}{column.Side}({Plan.Columns[column.Column].Constant}Column)"
        : Shared(input);

    /// <summary>An input that is the same for all rows.</summary>
    public string Shared(FormulaInput input) => input switch
    {
        { Leaf: Normalized normalized } => $"Scales[{normalized.Term}]",
        { Leaf: Read { Kind: ReadKind.Feature, Name: "now" } } => $"{Cast}now",
        _ => $"_{input.Name}",
    };
}
