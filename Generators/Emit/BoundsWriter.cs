using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the lower bound of the score over a block of nodes, and the search that uses it.</summary>
internal sealed class BoundsWriter(EmittedFormulas formulas)
{
    private readonly PolicyPlan _plan = formulas.Plan;

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "a lower bound of the score over the least and greatest values of a block's columns.", KernelsWriter.Usings, null, WriteBody);

    private void WriteBody(CodeText code)
    {
        FormulaWriter score = formulas.Score!;
        FormulaWriter bound = formulas.Bound!;
        code.Line("protected override int BestPruned(double now)");
        code.Deeper(() =>
        {
            code.Line("=> Search.Find(");
            code.Deeper(() =>
            {
                code.Line(score.NewKernel(formulas.RowsArgument) + ",");
                code.Line(bound.NewKernel(input => formulas.BoundsArgument(input, "Super")) + ",");
                code.Line(bound.NewKernel(input => formulas.BoundsArgument(input, "")) + ",");
                code.Line(bound.NewKernel(input => formulas.BoundsArgument(input, "Quarter")) + ",");
                code.Line(ScalarWriter.Order(_plan) + ",");
                code.Line("Candidates,");
                code.Line("Bounds!);");
            });
        });
        code.Line();
        bound.WriteScalar(code);
        code.Line();
        bound.WriteKernel(code, "The lower bound.");
    }
}
