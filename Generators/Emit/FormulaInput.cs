using Microsoft.CodeAnalysis.CSharp;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>One input of an emitted formula: the same for all rows, or read per row.</summary>
/// <param name="Leaf">The expression that it stands for.</param>
/// <param name="Name">Parameter and local name.</param>
internal sealed record FormulaInput(Expression Leaf, string Name)
{
    public bool IsColumn => Leaf is ColumnRead;

    public bool IsDraw => Leaf is Read { Kind: ReadKind.Feature, Name: "draw" };

    public bool IsScale => Leaf is Normalized;

    /// <summary>A statistic of the reuse table.</summary>
    public bool IsStatistic => Leaf is ReuseRead or ReuseBound;

    public string Identifier => Escape(Name);

    /// <summary>The inputs of an expression: clock, tunables and states, draw, scales, columns.</summary>
    public static List<FormulaInput> Of(Expression expression, PolicyPlan plan)
    {
        var inputs = new List<FormulaInput>();
        foreach (Expression part in ExpressionTree.All(expression))
        {
            // A scale stands for its term, whatever the operand.
            FormulaInput? input = part switch
            {
                Read read => new(read, Names.Local(read.Name)),
                ColumnRead column => new(column, ColumnName(plan.Columns[column.Column].Name, column.Side)),
                Normalized normalized => new(normalized, ScaleName(plan, normalized)),
                ReuseRead reuse => new(reuse, reuse.Measure),
                ReuseBound bound => new(bound, bound.Measure),
                _ => null,
            };
            if (input is not null && !inputs.Any(existing => existing.Name == input.Name))
            {
                inputs.Add(input);
            }
        }

        return [.. inputs.OrderBy(Rank).ThenBy(input => input.Leaf is ColumnRead column ? column.Column : 0)];
    }

    public static string ScaleName(PolicyPlan plan, Normalized normalized) => Names.Local(plan.Terms[normalized.Term].Name) + "Scale";

    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private static string ColumnName(string name, ColumnSide side) => side == ColumnSide.Value ? Names.Local(name) : name + side;

    private static int Rank(FormulaInput input) => input switch
    {
        { Leaf: Read { Kind: ReadKind.Feature, Name: "now" } } => 0,
        { IsDraw: true } => 2,
        { IsScale: true } => 3,
        { IsColumn: true } => 4,
        _ => 1,
    };
}
