using Squelch.Generators.Analysis;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes what is known of a policy, and its factory.</summary>
/// <param name="plan">The plan.</param>
/// <param name="device">The compilation knows Squelch.GpuScoring.</param>
internal sealed class DescriptorWriter(PolicyPlan plan, bool device)
{
    /// <summary>A policy that was made by its constructor, as opposed to a default value, whose tunables were never set.</summary>
    private const string IsSet = "_tunablesAreSet";

    /// <summary>Says that the order of fields in two files does not matter.</summary>
    private const string AutoLayout = "[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Auto)] ";

    private readonly PolicyModel _model = plan.Model;

    public string Write()
        => GeneratedFile.Write(
            plan,
            "what is known of the policy, and how its selector is made.",
            [],
            $"{(MarksDefaults ? AutoLayout : "")}partial struct {Self} : global::Squelch.IEvictionPolicy<{Self}>",
            WriteBody);

    private string Self => FormulaInput.Escape(_model.Name);

    private void WriteBody(CodeText code)
    {
        code.Line("/// <inheritdoc/>").Line(GeneratedFile.Attribute);
        code.Block("public static global::Squelch.PolicyDescriptor Descriptor { get; } = new()", () => WriteDescriptor(code), "};");
        code.Line();
        code.Line("/// <inheritdoc/>").Line(GeneratedFile.Attribute);
        WriteCreation(code);
        code.Line();
        code.Line("/// <inheritdoc/>").Line(GeneratedFile.Attribute);
        code.Block($"public static {Self} FromTunables(global::System.ReadOnlySpan<double> values)", () =>
        {
            code.Line("Descriptor.CheckTunables(values);");
            code.Line(_model.Tunables.Count == 0
                ? "return default;"
                : $"return new() {{ {string.Join(", ", _model.Tunables.Select((tunable, index) => $"{FormulaInput.Escape(tunable.Name)} = values[{index}]"))} }};");
        });
        code.Line();
        code.Line("/// <inheritdoc/>").Line(GeneratedFile.Attribute);
        code.Block("public void CopyTunables(global::System.Span<double> values)", () =>
        {
            for (int index = 0; index < _model.Tunables.Count; index++)
            {
                TunableModel tunable = _model.Tunables[index];
                code.Line($"values[{index}] = {(MarksDefaults ? $"{IsSet} ? {FormulaInput.Escape(tunable.Name)} : {Literals.Of(tunable.Default)}" : FormulaInput.Escape(tunable.Name))};");
            }
        });
        if (MarksDefaults)
        {
            WriteDefaults(code);
        }
    }

    private bool MarksDefaults => _model.Tunables.Count > 0 && !_model.HasConstructor;

    private void WriteDefaults(CodeText code)
    {
        code.Line();
        code.Line("/// <summary>True where a constructor has run: the tunables of a default value were never set, and are those of the declaration.</summary>");
        code.Line($"private readonly bool {IsSet};").Line();
        code.Line("/// <summary>The policy with its tunables at their defaults.</summary>").Line(GeneratedFile.Attribute);
        code.Block($"public {Self}()", () =>
        {
            code.Line($"{IsSet} = true;");
            foreach (TunableModel tunable in _model.Tunables)
            {
                code.Line($"{FormulaInput.Escape(tunable.Name)} = {Literals.Of(tunable.Default)};");
            }
        });
    }

    private void WriteCreation(CodeText code)
    {
        const string Signature = "public global::Squelch.IVictimSelector CreateSelector(global::Squelch.NodeTable nodes, ulong seed)";
        if (_model.Tunables.Count == 0)
        {
            code.Line(Signature);
            code.Deeper(() => code.Line(_model.Selector is null ? "=> new CompiledSelector(this, nodes, seed);" : $"=> new {Global(_model.Selector)}(nodes, seed);"));
            return;
        }

        code.Block(Signature, () =>
        {
            code.Line($"global::System.Span<double> tunables = stackalloc double[{_model.Tunables.Count}];");
            code.Line("CopyTunables(tunables);");
            code.Line("Descriptor.CheckTunables(tunables);");
            if (_model.Selector is null)
            {
                code.Line($"return new CompiledSelector({(MarksDefaults ? $"{IsSet} ? this : new()" : "this")}, nodes, seed);");
                return;
            }

            code.Line($"global::Squelch.IVictimSelector selector = new {Global(_model.Selector)}(nodes, seed);");
            code.Line("selector.Retune(tunables);");
            code.Line("return selector;");
        });
    }

    private void WriteDescriptor(CodeText code)
    {
        code.Line($"Name = {Literals.Of(_model.Name)},");
        code.Line($"Summary = {Literals.Of(_model.Summary)},");
        WriteList(code, "Formula", GeneratedFile.Formula(plan).Select(Literals.Of));
        WriteList(code, "Features", Features());
        WriteList(code, "Columns", plan.Columns.Select(column
            => $"new(Name: {Literals.Of(column.Name)}, Unit: global::Squelch.Unit.{column.Unit}, Formula: {Literals.Of(ColumnText.Of(column))})"));
        WriteList(code, "Proofs", Proof.Of(_model).Select(AdmissionWriter.ProofText));
        code.Line($"ColumnBytes = {plan.BytesPerNode},");
        WriteList(code, "Tunables", _model.Tunables.Select(tunable
            => $"new(Name: {Literals.Of(tunable.Name)}, Minimum: {Literals.Of(tunable.Minimum)}, Maximum: {Literals.Of(tunable.Maximum)}, Step: {Literals.Of(tunable.Step)}, Default: {Literals.Of(tunable.Default)})"));
        WriteList(code, "StateUpdates", StateUpdates());
        code.Line("Plan = new(").Deeper(() =>
        {
            code.Line($"Kind: global::Squelch.PlanKind.{plan.Shape},");
            code.Line("Reasons:").Line("[");
            code.Deeper(() =>
            {
                foreach (string reason in plan.Reasons)
                {
                    code.Line(Literals.Of(reason) + ",");
                }
            });
            code.Line("]),");
        });
        WriteDevice(code);
        code.Line($"Candidates = global::Squelch.Candidates.{_model.Candidates},");
        if (_model.Trim > 0)
        {
            code.Line($"Trim = {_model.Trim},");
        }

        code.Line($"Touch = global::Squelch.Touch.{_model.Touch},");
        new AdmissionWriter(_model).Write(code);
        if (_model.BootstrapTunable is not null)
        {
            code.Line($"BootstrapTunable = {Literals.Of(_model.BootstrapTunable)},");
        }

        code.Line($"BootstrapMultiplier = {_model.BootstrapMultiplier},");
        if (_model.ShadowTunables.Count > 0)
        {
            code.Line($"ShadowTunables = [{string.Join(", ", _model.ShadowTunables.Select(Literals.Of))}],");
        }
    }

    private void WriteDevice(CodeText code)
    {
        if (!device)
        {
            return;
        }

        code.Line("Device = new(").Deeper(() =>
        {
            code.Line(DeviceSupport.Obstacle(plan) is null ? "HasKernel: true," : "HasKernel: false,");
            code.Line("Steps:").Line("[");
            code.Deeper(() =>
            {
                foreach (string step in DevicePlan.Steps(plan))
                {
                    code.Line(Literals.Of(step) + ",");
                }
            });
            code.Line("]),");
        });
    }

    private IEnumerable<string> StateUpdates()
        => _model.Updates.Select(update
            => $"new(State: {Literals.Of(update.State)}, At: {string.Join(" | ", update.At.ToString().Split([", "], StringSplitOptions.None).Select(member => "global::Squelch.StateEvents." + member))}, Formula: {Literals.Of(GeneratedFile.OneLine(update.Source))})");

    /// <summary>Every feature read by terms, scores, custom features and policy states, and hints that the choice of checkpoints reads, in the order of reading.</summary>
    private IEnumerable<string> Features()
        => _model.Bodies.SelectMany(ExpressionTree.Reads)
            .Concat(AdmissionWriter.Hints(_model))
            .Select(read => read.Kind == ReadKind.Parent ? read.OwnOfParent() : read)
            .Where(read => read.Kind is ReadKind.Feature or ReadKind.CustomFeature)
            .Select(read => (read.Kind, read.Name))
            .Distinct()
            .Select(read => read.Kind == ReadKind.Feature
                ? $"global::System.Linq.Enumerable.Single(global::Squelch.BuiltInFeatures.All, static feature => feature.Name == {Literals.Of(read.Name)})"
                : OwnFeature(_model.Features.First(feature => feature.Name == read.Name)));

    private static string OwnFeature(CustomFeatureModel feature)
        => $"new(Name: {Literals.Of(feature.Name)}, Unit: global::Squelch.Unit.{feature.Unit}, Minimum: double.NegativeInfinity, Maximum: double.PositiveInfinity, Meaning: {Literals.Of(GeneratedFile.OneLine(feature.Source))})";

    private static void WriteList(CodeText code, string member, IEnumerable<string> items)
    {
        string[] lines = [.. items];
        if (lines.Length == 0)
        {
            return;
        }

        code.Line($"{member} =").Line("[");
        code.Deeper(() =>
        {
            foreach (string line in lines)
            {
                code.Line(line + ",");
            }
        });
        code.Line("],");
    }

    private static string Global(string type) => type.StartsWith("global::", System.StringComparison.Ordinal) ? type : "global::" + type;
}
