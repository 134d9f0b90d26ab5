using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the reference meaning: terms and scores of one node.</summary>
internal sealed class ScalarWriter(EmittedFormulas formulas)
{
    private readonly PolicyPlan _plan = formulas.Plan;

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "terms and scores of one node, the reference for every other form.", [], null, WriteBody);

    private void WriteBody(CodeText code)
    {
        string t = formulas.T;
        foreach (FormulaWriter term in formulas.Terms)
        {
            term.WriteScalar(code);
            code.Line();
        }

        if (!formulas.Terms.Contains(formulas.Score!))
        {
            formulas.Score!.WriteScalar(code);
            code.Line();
        }

        code.Line($"protected override {t} ScoreAt(int node, double now) => {formulas.Score!.CallWith(formulas.NodeArgument)};");
        code.Line();
        WriteSwitch(code, $"protected override {t} TermOf(int term, int node, double now)", index => formulas.Terms[index].CallWith(formulas.NodeArgument));
        code.Line();
        WriteSwitch(code, $"protected override {t} WeightOf(int term)", index => Weight(_plan.Terms[index].Weight));
        if (!_plan.Vectors)
        {
            code.Line();
            WriteScalarScan(code, t);
        }
        else if (_plan.FurtherScores.Count > 0)
        {
            code.Line();
            WriteOrder(code);
        }
    }

    /// <summary>Without vectors, the scan asks for one node's score at a time.</summary>
    private void WriteScalarScan(CodeText code, string t)
    {
        code.Line($"/// <summary>Numbers of one node at a time: term <paramref name=\"term\"/>, or the score where it is negative.</summary>");
        code.Block($"private readonly struct NodeKernel(CompiledSelector selector, int term, double now) : global::Squelch.CompilerServices.IRowKernel<{t}>", () =>
        {
            code.Line($"public {t} At(int row) => term < 0 ? selector.ScoreAt(row, now) : selector.TermOf(term, row, now);");
            code.Line();
            code.Line("public V At<V>(int row)");
            code.Deeper(() => code.Line($"where V : struct, global::Squelch.CompilerServices.ILanes<V, {t}>").Line("=> throw new global::System.NotSupportedException();"));
        });
        code.Line();
        if (_plan.Terms.Any(term => term.Normalized))
        {
            code.Line($"protected override global::Squelch.Extremes<{t}> TermExtremes(int term, global::Squelch.Backend backend, double now)");
            code.Deeper(() => code.Line($"=> global::Squelch.CompilerServices.Scan.Extremes<{t}, NodeKernel>(backend, new NodeKernel(this, term, now), Candidates);"));
            code.Line();
        }

        code.Line("protected override int Best(global::Squelch.Backend backend, double now)");
        code.Deeper(() => code.Line($"=> Find(backend, new NodeKernel(this, -1, now), {Order(_plan)});"));
        if (_plan.FurtherScores.Count > 0)
        {
            code.Line();
            WriteOrder(code);
        }
    }

    private void WriteOrder(CodeText code)
    {
        code.Line("/// <summary>Nodes of equal first score: the further scores decide, then the creation number.</summary>");
        code.Block("private readonly struct FurtherOrder(CompiledSelector selector, double now) : global::Squelch.CompilerServices.ITieOrder", () =>
        {
            code.Block("public bool Before(int a, int b)", () =>
            {
                int first = _plan.Terms.Count - _plan.FurtherScores.Count;
                for (int index = first; index < _plan.Terms.Count; index++)
                {
                    string name = $"order{index}";
                    code.Line($"int {name} = global::Squelch.ScoreOrder.Compare(selector.TermOf({index}, a, now), selector.TermOf({index}, b, now));");
                    code.Block($"if ({name} != 0)", () => code.Line($"return {name} < 0;"));
                    code.Line();
                }

                code.Line("return selector.Nodes.Creation(a) < selector.Nodes.Creation(b);");
            });
        });
        code.Line();
        code.Line($"protected override int FirstFurther => {_plan.Terms.Count - _plan.FurtherScores.Count};");
    }

    internal static string Order(PolicyPlan plan) => plan.FurtherScores.Count > 0 ? "new FurtherOrder(this, now)" : "new global::Squelch.CompilerServices.CreationOrder(Nodes)";

    private void WriteSwitch(CodeText code, string head, System.Func<int, string> value)
    {
        if (_plan.Terms.Count == 1)
        {
            code.Line($"{head} => {value(0)};");
            return;
        }

        code.Line($"{head} => term switch");
        code.Line("{");
        code.Deeper(() =>
        {
            for (int index = 0; index < _plan.Terms.Count; index++)
            {
                code.Line($"{(index == _plan.Terms.Count - 1 ? "_" : index.ToString(System.Globalization.CultureInfo.InvariantCulture))} => {value(index)},");
            }
        });
        code.Line("};");
    }

    private string Weight(WeightModel weight)
        => weight.Tunable is not null ? "_" + Names.Local(weight.Tunable) : Literals.Of(new Constant(_plan.Scalar, weight.Constant, 0));
}
