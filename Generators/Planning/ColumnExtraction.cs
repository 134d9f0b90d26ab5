using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Puts column reads in place of the largest subtrees that change only when a node does.</summary>
internal sealed class ColumnExtraction(PolicyPlan plan)
{
    public Expression Extract(Expression body, string name, string source)
        => ExpressionTree.Replace(body, part => Storable(part) ? Store(part, part.Equals(body), name, source) : null);

    /// <summary>Tunables stay in the formula, so that many of their values can be scored over the same columns.</summary>
    private bool Storable(Expression part)
        => part.Type == plan.Scalar
           && ExpressionTree.TimeFree(part)
           && !ExpressionTree.ReadsKind(part, ReadKind.Tunable)
           && ExpressionTree.Reads(part).Any();

    private Expression Store(Expression part, bool whole, string name, string source)
    {
        int column = plan.Columns.FindIndex(existing => existing.Source.Equals(part));
        if (column < 0)
        {
            plan.Columns.Add(Planner.Column(plan, part, whole ? name : name + "Part", whole ? source : null));
            column = plan.Columns.Count - 1;
        }

        return new ColumnRead(part.Type, column, ColumnSide.Value);
    }
}
