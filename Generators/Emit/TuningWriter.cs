using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes how tunables are set.</summary>
internal sealed class TuningWriter(EmittedFormulas formulas)
{
    private readonly PolicyPlan _plan = formulas.Plan;

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "how tunables are set.", [], null, WriteBody);

    private void WriteBody(CodeText code)
    {
        bool recompute = new EventWriter(_plan, code).RetuneChangesColumns;
        code.Block("public override void Retune(global::System.ReadOnlySpan<double> tunables)", () =>
        {
            for (int index = 0; index < _plan.Model.Tunables.Count; index++)
            {
                code.Line($"_{Names.Local(_plan.Model.Tunables[index].Name)} = {formulas.Cast}tunables[{index}];");
            }

            if (EventWriter.KeepsLowest(_plan))
            {
                code.Line("ScoresChanged();");
            }

            if (recompute)
            {
                code.Line("RecomputeAll();");
            }
        });
        if (recompute)
        {
            code.Line();
            code.Block("private void RecomputeAll()", () =>
            {
                code.Block("for (int node = 0; node < Nodes.Capacity && node < Candidates.Rows; node++)", () =>
                    code.Block("if (Nodes.IsLive(node) && !Nodes.IsRoot(node))", () => code.Line("Recompute(node);")));
            });
        }
    }
}
