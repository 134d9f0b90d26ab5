using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the pass that scores all candidates for many values of the first tunable: what does not read it is computed once.</summary>
internal sealed class ManyTunablesWriter
{
    private readonly EmittedFormulas _formulas;
    private readonly List<FormulaWriter> _parts = [];
    private readonly FormulaWriter _score;
    private readonly string _tunable;

    private ManyTunablesWriter(EmittedFormulas formulas, string tunable)
    {
        _formulas = formulas;
        _tunable = tunable;
        var parts = new List<Expression>();
        Expression score = ExpressionTree.Replace(formulas.Plan.Score!, part => Given(part, parts));
        for (int index = 0; index < parts.Count; index++)
        {
            _parts.Add(new(formulas.Plan, $"Given{index}", parts[index]));
        }

        _score = new(formulas.Plan, "Many", score);
    }

    /// <summary>Null where one value at a time is the only way.</summary>
    public static ManyTunablesWriter? For(EmittedFormulas formulas)
    {
        PolicyPlan plan = formulas.Plan;
        if (plan.Ordered || !plan.Vectors || plan.Model.Tunables.Count == 0)
        {
            return null;
        }

        string tunable = Names.Local(plan.Model.Tunables[0].Name);
        bool Reads(Expression body) => ReadsTunable(body, tunable);
        return !Reads(plan.Score!) || plan.FurtherScores.Any(Reads) || plan.Terms.Any(term => term.Normalized && Reads(term.Body))
            ? null
            : new(formulas, tunable);
    }

    public void Write(CodeText code)
    {
        string t = _formulas.T;
        code.Line();
        code.Line($"private readonly {t}[][] _given = [{string.Join(", ", _parts.Select(_ => $"new {t}[global::Squelch.CandidateSet.BlockRows]"))}];");
        code.Line($"private global::Squelch.Best<{t}>[] _best = [];");
        code.Line();
        code.Line("/// <summary>One pass over the nodes: what does not read the tunable is computed once per block, the rest once per value.</summary>");
        code.Block("public override void SelectMany(double now, global::System.ReadOnlySpan<double> tunableValues, global::System.Span<int> victims)", () => WriteBody(code, t));
        for (int index = 0; index < _parts.Count; index++)
        {
            code.Line();
            _parts[index].WriteScalar(code);
            code.Line();
            _parts[index].WriteKernel(code, $"Part {index} of the score, which does not read the tunable.");
        }

        code.Line();
        _score.WriteScalar(code);
        code.Line();
        _score.WriteKernel(code, "The score from its parts.");
    }

    private void WriteBody(CodeText code, string t)
    {
        string order = ScalarWriter.Order(_formulas.Plan);
        if (_formulas.Plan.Shape == PlanShape.PrunedScan)
        {
            code.Line("// Over many nodes, pruned searches are faster than one pass.");
            code.Block("if (Candidates.Rows >= 16384)", () => code.Line("base.SelectMany(now, tunableValues, victims);").Line("return;"));
            code.Line();
        }

        code.Block("if (Candidates.Count == 0)", () => code.Line("victims.Slice(0, tunableValues.Length).Fill(-1);").Line("return;"));
        code.Line();
        code.Line("Prepare(global::Squelch.Scan.Widest, now);");
        code.Block("if (_best.Length < tunableValues.Length)", () => code.Line($"_best = new global::Squelch.Best<{t}>[tunableValues.Length];"));
        code.Line();
        code.Line($"global::System.Array.Fill(_best, global::Squelch.Best<{t}>.None);");
        code.Line($"var order = {order};");
        code.Block("for (int block = 0; block < Candidates.Blocks; block++)", () =>
        {
            code.Block("if (!Candidates.HoldsAny(block))", () => code.Line("continue;"));
            code.Line();
            for (int index = 0; index < _parts.Count; index++)
            {
                FormulaWriter part = _parts[index];
                code.Line($"global::Squelch.Scan.FillBlock<{t}, {part.Kernel}>({part.NewKernel(_formulas.RowsArgument)}, block, _given[{index}]);");
            }

            code.Block("for (int index = 0; index < tunableValues.Length; index++)", () =>
            {
                code.Line($"var kernel = {_score.NewKernel(Argument)};");
                code.Line($"global::Squelch.Scan.VisitBlock<{t}, {_score.Kernel}, {ScalarWriter.OrderType(_formulas.Plan)}>(kernel, order, Candidates, block, ref _best[index]);");
            });
        });
        code.Line();
        code.Block("for (int index = 0; index < tunableValues.Length; index++)", () =>
            code.Line($"victims[index] = global::Squelch.Scan.Victim<{t}, {ScalarWriter.OrderType(_formulas.Plan)}>(_best[index], order, Candidates);"));
    }

    private string Argument(FormulaInput input)
        => input.Leaf is GivenPart given ? $"_given[{given.Index}]"
            : input.Name == _tunable ? $"{_formulas.Cast}tunableValues[index]"
            : _formulas.Shared(input);

    /// <summary>The largest parts that differ between rows and do not read the tunable.</summary>
    private Expression? Given(Expression part, List<Expression> parts)
    {
        if (part.Type != _formulas.Plan.Scalar || ReadsTunable(part, _tunable) || ExpressionTree.RowFree(part))
        {
            return null;
        }

        int index = parts.IndexOf(part);
        if (index < 0)
        {
            index = parts.Count;
            parts.Add(part);
        }

        return new GivenPart(part.Type, index);
    }

    private static bool ReadsTunable(Expression body, string tunable)
        => ExpressionTree.Reads(body).Any(read => read.Kind == ReadKind.Tunable && Names.Local(read.Name) == tunable);
}
