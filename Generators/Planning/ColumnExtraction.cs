using Squelch.Generators.Analysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Puts column reads in place of the largest subtrees that change only when a node does.</summary>
internal sealed class ColumnExtraction(PolicyPlan plan)
{
    public Expression Extract(Expression body, string name, string source)
        => ExpressionTree.Replace(body, part
            => Storable(part) ? Store(part, part.Equals(body), name, source)
            : part is Read { Kind: ReadKind.Feature } read && FeatureTable.Of(read.Name).Source == FeatureSource.Reuse ? Reuse(read)
            : null);

    /// <summary>Tunables stay in the formula, so that many of their values can be scored over the same columns.</summary>
    private bool Storable(Expression part)
        => part.Type == plan.Scalar
           && ExpressionTree.TimeFree(part)
           && !ExpressionTree.ReadsKind(part, ReadKind.Tunable)
           && ExpressionTree.Reads(part).Any();

    /// <summary>The class and the last access are columns: the table's counts take them, too.</summary>
    private ReuseRead Reuse(Read read)
    {
        ReuseTableModel table = plan.Model.ReuseTable!;
        Expression kind = WeightedSum.AsScalar(table.Class, plan.Scalar);
        plan.Reuse ??= new(
            ExpressionTree.Reads(kind).Any() ? Store(kind, true, Names.Camel(table.Name), table.Source) : kind,
            Store(new Read(plan.Scalar, ReadKind.Feature, "lastAccess"), true, "lastAccess", "lastAccess"));
        if (!plan.Reuse.Measures.Contains(read.Name))
        {
            plan.Reuse.Measures.Add(read.Name);
        }

        return new(read.Type, read.Name, plan.Reuse.Class, new Binary(plan.Scalar, BinaryOp.Subtract, new Read(plan.Scalar, ReadKind.Feature, "now"), plan.Reuse.LastAccess));
    }

    private ColumnRead Store(Expression part, bool whole, string name, string source)
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
