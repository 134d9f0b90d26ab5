using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the selector's columns, fields and events.</summary>
internal sealed class SelectorWriter(PolicyPlan plan)
{
    public string Write()
    {
        string type = ScalarText.Type(plan.Scalar);
        string baseType = $"global::Squelch.CompilerServices.{(plan.Ordered ? "OrderedSelector" : "ScanSelector")}<{type}>";
        return GeneratedFile.WriteSelector(plan, "the columns that the plan reads, written when a node changes.", [], baseType, code => WriteBody(code, type));
    }

    private void WriteBody(CodeText code, string type)
    {
        for (int index = 0; index < plan.Columns.Count; index++)
        {
            PlannedColumn column = plan.Columns[index];
            string formula = ColumnText.Of(column);
            code.Line($"/// <summary>{Escape(column.Name == formula ? column.Name : $"{column.Name} = {formula}")}</summary>");
            code.Line($"private const int {column.Constant}Column = {index};");
            code.Line();
        }

        WriteFields(code, type);
        WriteConstructor(code);

        var events = new EventWriter(plan, code);
        events.Write();
        events.WriteEvicting();
        WriteStates(code);
        WriteGrown(code);
        if (EventWriter.RemembersVictims(plan))
        {
            code.Line().Line("public override bool RemembersKeys => true;");
        }

        if (plan.Model.Trim > 0 && EventWriter.TrimsKeepScores(plan))
        {
            code.Line().Line("public override bool TrimsKeepScores => true;");
        }

        if (EventWriter.KeepsLowest(plan))
        {
            code.Line().Line("protected override bool KeepsLowest => true;");
        }
    }

    private void WriteFields(CodeText code, string type)
    {
        foreach (string field in Fields(type))
        {
            code.Line($"private {field};");
        }

        if (ReadsDraw(plan))
        {
            code.Line("private readonly ulong _seed;");
        }

        if (EventWriter.KeepsCreation(plan))
        {
            code.Line("private long[] _creation = [];");
        }

        if (EventWriter.RemembersVictims(plan))
        {
            code.Line("private readonly global::Squelch.CompilerServices.VictimMemory _evictedAgo;");
        }

        if (EventWriter.CountsSessions(plan))
        {
            code.Line("private readonly global::Squelch.CompilerServices.SessionSketches _sessions = new();");
        }

        code.Line();
    }

    private void WriteConstructor(CodeText code)
    {
        code.Line($"public CompiledSelector({FormulaInput.Escape(plan.Model.Name)} policy, global::Squelch.NodeTable nodes, ulong seed)");
        code.Deeper(() => WriteBase(code));
        code.Line("{");
        code.Deeper(() =>
        {
            foreach (string name in plan.Model.Tunables.Select(tunable => tunable.Name).Concat(plan.Model.States.Select(state => state.Name)))
            {
                code.Line($"_{Names.Local(name)} = {(plan.Scalar == IrType.Float ? "(float)" : "")}policy.{FormulaInput.Escape(name)};");
            }

            foreach (string measure in Measures)
            {
                code.Line($"_{measure} = _reuse.Keep(global::Squelch.CompilerServices.ReuseMeasure.{Names.Pascal(measure)});");
            }

            if (ReadsDraw(plan))
            {
                code.Line("_seed = seed;");
            }

            if (EventWriter.RemembersVictims(plan))
            {
                code.Line("_evictedAgo = new(nodes);");
            }

            WriteTable(code);
        });
        code.Line("}");
    }

    /// <summary>What a choice of checkpoints reads of the policy's states.</summary>
    private void WriteStates(CodeText code)
    {
        if (!AdmissionWriter.ReadsStates(plan.Model))
        {
            return;
        }

        code.Line();
        code.Block("public override void CopyStates(global::System.Span<double> states)", () =>
        {
            for (int index = 0; index < plan.Model.States.Count; index++)
            {
                code.Line($"states[{index}] = _{Names.Local(plan.Model.States[index].Name)};");
            }
        });
    }

    /// <summary>What the selector keeps per row besides columns grows with them.</summary>
    private void WriteGrown(CodeText code)
    {
        string[] kept =
        [
            .. EventWriter.KeepsCreation(plan) ? ["global::System.Array.Resize(ref _creation, rows);"] : (string[])[],
            .. EventWriter.CountsSessions(plan) ? ["_sessions.Grow(rows);"] : (string[])[],
            .. EventWriter.RemembersVictims(plan) ? ["_evictedAgo.Grow(rows);"] : (string[])[],
        ];
        if (kept.Length == 0)
        {
            return;
        }

        code.Line();
        code.Block("protected override void Grown(int rows)", () =>
        {
            code.Line("base.Grown(rows);");
            foreach (string line in kept)
            {
                code.Line(line);
            }
        });
    }

    /// <summary>Asks the node table to keep what formulas read and not every tree has, and makes room for its nodes.</summary>
    private void WriteTable(CodeText code)
    {
        foreach (string keep in plan.Model.Bodies.SelectMany(ExpressionTree.Reads)
            .Select(read => read.Kind == ReadKind.Parent ? read.OwnOfParent() : read)
            .Where(read => read.Kind == ReadKind.Feature)
            .Select(read => FeatureTable.Of(read.Name).Keeps).OfType<string>().Distinct())
        {
            code.Line($"nodes.{keep}();");
        }

        code.Line("Grow(nodes.Capacity);");
    }

    private void WriteBase(CodeText code)
    {
        if (plan.Ordered)
        {
            string names = string.Join(", ", plan.Columns.Take(plan.SelectionColumns).Select(column => Literals.Of(Names.Pascal(column.Name))));
            code.Line($": base(nodes, columns: {plan.Columns.Count}, list: {(plan.Shape == PlanShape.List ? "true" : "false")}, [{names}])");
            return;
        }

        code.Line(": base(");
        code.Deeper(() =>
        {
            code.Line("nodes,");
            code.Line($"columns: {plan.Columns.Count},");
            code.Line($"[{string.Join(", ", plan.Terms.Select(term => $"new(Name: {Literals.Of(term.Name)}, Normalized: {(term.Normalized ? "true" : "false")}, Column: {(term.MonotoneColumn < 0 ? "-1" : plan.Columns[term.MonotoneColumn].Constant + "Column")})"))}],");
            code.Line($"[{string.Join(", ", plan.Columns.Take(plan.SelectionColumns).Select(Range))}],");
            code.Line($"pruned: {(plan.Shape == PlanShape.PrunedScan ? "true" : "false")},");
            code.Line($"vectors: {(plan.Vectors ? "true" : "false")})");
        });
    }

    private IEnumerable<string> Fields(string type)
        => plan.Model.Tunables.Select(tunable => tunable.Name).Concat(plan.Model.States.Select(state => state.Name))
            .Select(name => $"{type} _{Names.Local(name)}")
            .Concat(plan.Reuse is null ? [] : [$"readonly global::Squelch.CompilerServices.ReuseTable<{type}> _reuse = new(classes: {plan.Model.ReuseTable!.Classes})"])
            .Concat(Measures.Select(measure => $"readonly global::Squelch.CompilerServices.ReuseStatistic<{type}> _{measure}"));

    private IEnumerable<string> Measures => plan.Reuse?.Measures ?? [];

    internal static bool ReadsDraw(PolicyPlan plan)
        => plan.Terms.Select(term => term.Body)
            .Concat(plan.Model.Features.SelectMany(feature => feature.Bodies))
            .Concat(plan.Model.Updates.Select(update => update.Body))
            .Any(body => ExpressionTree.ReadsFeature(body, "draw"));

    private static string Range(PlannedColumn column)
        => $"new(Low: {Literals.Of(column.Range.Low)}, High: {Literals.Of(column.Range.High)}, AtMostNow: {(column.AtMostNow ? "true" : "false")})";

    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");
}
