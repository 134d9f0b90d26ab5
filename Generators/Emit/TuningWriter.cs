using System.Collections.Generic;
using System.Linq;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes how tunables are set, and the scan that scores many values of the first one.</summary>
internal sealed class TuningWriter(EmittedFormulas formulas)
{
    private readonly PolicyPlan _plan = formulas.Plan;
    private readonly ManyTunablesWriter? _many = ManyTunablesWriter.For(formulas);

    private string First => Names.Local(_plan.Model.Tunables[0].Name);

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "how tunables are set.", _many is null ? [] : KernelsWriter.Usings, null, WriteBody);

    private void WriteBody(CodeText code)
    {
        bool recompute = new EventWriter(_plan, code).RetuneChangesColumns;
        code.Block("public override void Retune(global::System.ReadOnlySpan<double> tunables)", () =>
        {
            for (int index = 0; index < _plan.Model.Tunables.Count; index++)
            {
                code.Line($"_{Names.Local(_plan.Model.Tunables[index].Name)} = {formulas.Cast}tunables[{index}];");
            }

            if (recompute)
            {
                code.Line("RecomputeAll();");
            }
        });
        code.Line();
        code.Block("protected override double FirstTunable", () =>
        {
            code.Line($"get => _{First};");
            code.Block("set", () =>
            {
                code.Line($"_{First} = {formulas.Cast}value;");
                if (recompute)
                {
                    code.Line("RecomputeAll();");
                }
            });
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
        _many?.Write(code);
    }
}
