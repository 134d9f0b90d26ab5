using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the vector forms and the scans over them.</summary>
internal sealed class KernelsWriter(EmittedFormulas formulas)
{
    internal static readonly string[] Usings = ["System.Runtime.CompilerServices"];

    private readonly PolicyPlan _plan = formulas.Plan;

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "terms and scores of many nodes at once, with the bits of the scalar form.", Usings, null, WriteBody);

    private void WriteBody(CodeText code)
    {
        string t = formulas.T;
        string[] signs = [.. Signs()];
        if (signs.Length > 0)
        {
            code.Line($"protected override bool BoundsHold => {string.Join(" && ", signs)};");
            code.Line();
        }

        int[] scaled = [.. Enumerable.Range(0, _plan.Terms.Count).Where(index => _plan.Terms[index].Normalized)];
        code.Line("protected override int Best(global::Squelch.Backend backend, double now)");
        code.Deeper(() =>
        {
            code.Line("=> Find(");
            code.Deeper(() => code.Line($"backend, {formulas.Score!.NewKernel(formulas.RowsArgument)}, {ScalarWriter.Order(_plan)});"));
        });
        code.Line();
        if (scaled.Length > 0)
        {
            WriteExtremes(code, t, scaled);
            WriteTermAt(code, t, scaled);
        }

        foreach (int index in scaled)
        {
            formulas.Terms[index].WriteKernel(code, $"The term {_plan.Terms[index].Name}.");
            code.Line();
        }

        if (!scaled.Any(index => formulas.Terms[index] == formulas.Score))
        {
            formulas.Score!.WriteKernel(code, "The score.");
        }
    }

    private void WriteExtremes(CodeText code, string t, int[] scaled)
    {
        code.Line($"protected override global::Squelch.Extremes<{t}> TermExtremes(int term, global::Squelch.Backend backend, double now) => term switch");
        code.Line("{");
        code.Deeper(() =>
        {
            foreach (int index in scaled)
            {
                FormulaWriter term = formulas.Terms[index];
                code.Line($"{index} => global::Squelch.CompilerServices.Scan.Extremes<{t}, {term.Kernel}>(backend, {term.NewKernel(formulas.RowsArgument)}, Candidates),");
            }

            code.Line("_ => base.TermExtremes(term, backend, now),");
        });
        code.Line("};").Line();
    }

    private void WriteTermAt(CodeText code, string t, int[] scaled)
    {
        int[] monotone = [.. scaled.Where(index => _plan.Terms[index].MonotoneColumn >= 0)];
        if (monotone.Length == 0)
        {
            return;
        }

        code.Line($"protected override {t} TermAt(int term, {t} column, double now) => term switch");
        code.Line("{");
        code.Deeper(() =>
        {
            foreach (int index in monotone)
            {
                code.Line($"{index} => {formulas.Terms[index].CallWith(input => input.IsColumn ? "column" : formulas.Shared(input))},");
            }

            code.Line("_ => base.TermAt(term, column, now),");
        });
        code.Line("};").Line();
    }

    /// <summary>Tunables are free to leave their range, but not to turn the signs that the bounds were made with.</summary>
    private IEnumerable<string> Signs()
        => from tunable in _plan.Model.Tunables
           where ExpressionTree.Reads(_plan.Score!).Any(read => read.Kind == ReadKind.Tunable && Names.Local(read.Name) == Names.Local(tunable.Name))
           where tunable.Minimum >= 0 || tunable.Maximum <= 0
           select $"_{Names.Local(tunable.Name)} {(tunable.Minimum >= 0 ? ">=" : "<=")} 0";
}
