using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes the formula in the form that Squelch.GpuScoring's kernels carry to a device.</summary>
internal sealed class DeviceWriter
{
    private const string Gpu = "global::Squelch.GpuScoring.CompilerServices.";

    private readonly PolicyPlan _plan;
    private readonly List<Expression> _terms;
    private readonly List<Expression> _scores;
    private readonly List<int> _scaled;
    private readonly List<FormulaInput> _fields;
    private readonly bool _bounded;
    private readonly Expression? _bound;

    private DeviceWriter(PolicyPlan plan)
    {
        _plan = plan;
        _bounded = DeviceSupport.IsBounded(plan);
        _bound = DeviceSupport.Bound(plan);
        _scaled = [.. Enumerable.Range(0, plan.Terms.Count).Where(index => plan.Terms[index].Normalized)];
        _terms = [.. _scaled.Select(index => plan.Terms[index].Body)];
        _scores = [.. DeviceSupport.Scores(plan).Take(_bounded ? 1 : int.MaxValue)];
        _fields = [.. DeviceSupport.Formulas(plan)
            .SelectMany(formula => FormulaInput.Of(formula, plan))
            .Where(input => !input.IsColumn && !input.IsScale)
            .GroupBy(input => input.Name)
            .Select(group => group.First())];
    }

    private string Formula => string.Concat(_plan.Model.HintName.Select(letter => letter == '_' ? "_0" : char.IsLetterOrDigit(letter) ? letter.ToString() : "_")) + "Formula";

    /// <summary>Null where the policy has no kernel.</summary>
    public static DeviceWriter? For(PolicyPlan plan) => DeviceSupport.Obstacle(plan) is null ? new(plan) : null;

    public string Write()
        => GeneratedFile.WriteSelector(_plan, "the formula for devices, with the bits of the scalar form.", [], $"{Gpu}IDeviceScored<global::Squelch.Generated.{Formula}>", documented: false, WriteSelector)
            + "\n" + WriteFormula();

    private void WriteSelector(CodeText code)
    {
        string formula = $"global::Squelch.Generated.{Formula}";
        bool state = _terms.Concat(_scores).Any(body => ExpressionTree.ReadsKind(body, ReadKind.State));
        code.Line($"{Gpu}DeviceShape {Gpu}IDeviceScored.DeviceShape => new(Columns: {_plan.SelectionColumns}, ScaledTerms: [{string.Join(", ", _scaled)}], Orders: {DeviceSupport.Scores(_plan).Count()}, ReadsState: {(state ? "true" : "false")}, Single: {(_plan.Scalar == IrType.Float ? "true" : "false")}, Bounded: {(_bounded ? "true" : "false")}){(_bound is null ? "" : " { Summarized = true }")};");
        code.Line();
        code.Line($"TResult {Gpu}IDeviceScored.Visit<TResult>({Gpu}IDeviceScoredVisitor<TResult> visitor) => visitor.Visit<{formula}>(this);");
        code.Line();
        code.Line($"{formula} {Gpu}IDeviceScored<{formula}>.FormulaAt(double now) => new({string.Join(", ", _fields.Select(Argument).Prepend("default"))});");
        code.Line();
        WriteUniforms(code);
        code.Line();
        WritePtx(code);
    }

    private void WriteUniforms(CodeText code)
        => code.Block($"void {Gpu}IDeviceScored.WriteUniforms(double now, global::System.Span<ulong> uniforms)", () =>
        {
            for (int index = 0; index < _fields.Count; index++)
            {
                string value = Argument(_fields[index]);
                code.Line($"uniforms[{index}] = {(_fields[index].IsDraw ? value : $"global::System.BitConverter.DoubleToUInt64Bits({value})")};");
            }
        });

    private void WritePtx(CodeText code)
    {
        string head = $"{Gpu}DevicePtx? {Gpu}IDeviceScored.Ptx";
        if (_bounded)
        {
            code.Line(head + " => null;");
            return;
        }

        code.Line($"{head} => new {Gpu}DevicePtx(uniforms: {_fields.Count})").Deeper(() =>
        {
            WritePtx(code, "AddTerm", _terms);
            WritePtx(code, "AddScore", _scores);
            if (_bound is { } bound)
            {
                WritePtx(code, "AddBound", [bound]);
            }
        });
        code.Line(";");
    }

    private void WritePtx(CodeText code, string add, List<Expression> bodies)
    {
        foreach (Expression body in bodies)
        {
            code.Line($".{add}(").Deeper(() =>
            {
                code.Line("\"\"\"");
                foreach (string line in PtxText.Of(body, _plan, _fields, _scaled).Split('\n'))
                {
                    code.Line(line);
                }

                code.Line("\"\"\"u8)");
            });
        }
    }

    private string Cast => _plan.Scalar == IrType.Float ? "(float)" : "";

    private string Argument(FormulaInput field) => field switch
    {
        { IsDraw: true } => "global::Squelch.Draw.Key(_seed, now)",
        { Leaf: Read { Kind: ReadKind.Feature, Name: "now" } } => Cast + "now",
        _ => "_" + field.Name,
    };

    private string WriteFormula()
    {
        var code = new CodeText();
        code.Block("namespace Squelch.Generated", () =>
        {
            code.Line($"/// <summary>The formula of {_plan.Model.Name} as kernels carry it.</summary>");
            code.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            code.Line(GeneratedFile.Attribute);
            code.Block($"public readonly struct {Formula} : {Gpu}IDeviceFormula", () =>
            {
                code.Line($"private readonly {Gpu}DeviceMath _math;");
                foreach (FormulaInput field in _fields)
                {
                    code.Line($"private readonly {FieldType(field)} _{field.Name};");
                }

                code.Line();
                code.Line("/// <summary>The formula of one moment.</summary>");
                code.Block($"public {Formula}({string.Join(", ", _fields.Select(field => $"{FieldType(field)} {field.Identifier}").Prepend($"{Gpu}DeviceMath math"))})", () =>
                {
                    code.Line("_math = math;");
                    foreach (FormulaInput field in _fields)
                    {
                        code.Line($"_{field.Name} = {field.Identifier};");
                    }
                });
                code.Line();
                WriteSwitch(code, $"public double Term(int term, {Gpu}DeviceRow row)", "term", "Term", _terms, "row");
                code.Line();
                WriteSwitch(code, $"public double Score(int order, {Gpu}DeviceRow row, {Gpu}DeviceScales scales)", "order", "Score", _scores, "row, scales");
                code.Line();
                code.Line("/// <inheritdoc/>");
                code.Line($"public double Low({Gpu}DeviceRow row, {Gpu}DeviceScales scales) => {(_bounded ? "Bounds(row, scales).Low" : "Score0(row, scales)")};");
                WriteBound(code);
                for (int index = 0; index < _terms.Count; index++)
                {
                    code.Line();
                    WriteMethod(code, $"private double Term{index}({Gpu}DeviceRow row)", _terms[index]);
                }

                if (_bounded)
                {
                    code.Line();
                    code.Line($"private double Score0({Gpu}DeviceRow row, {Gpu}DeviceScales scales) => Bounds(row, scales).Highest;");
                    code.Line();
                    WriteMethod(code, $"private {Gpu}Enclosure Bounds({Gpu}DeviceRow row, {Gpu}DeviceScales scales)", _scores[0], enclosed: true);
                }

                for (int index = 0; index < _scores.Count && !_bounded; index++)
                {
                    code.Line();
                    WriteMethod(code, $"private double Score{index}({Gpu}DeviceRow row, {Gpu}DeviceScales scales)", _scores[index]);
                }
            });
        });
        return code.ToString();
    }

    private void WriteBound(CodeText code)
    {
        string head = $"public double Bound({Gpu}DeviceBlock block, {Gpu}DeviceScales scales)";
        code.Line();
        code.Line("/// <inheritdoc/>");
        if (_bound is null)
        {
            code.Line(head + " => 0;");
        }
        else
        {
            WriteMethod(code, head, _bound);
        }
    }

    private static void WriteSwitch(CodeText code, string head, string number, string name, List<Expression> bodies, string arguments)
    {
        code.Line("/// <inheritdoc/>");
        code.Block(head, () =>
        {
            for (int index = 0; index < bodies.Count - 1; index++)
            {
                code.Block($"if ({number} == {index})", () => code.Line($"return {name}{index}({arguments});"));
                code.Line();
            }

            code.Line(bodies.Count == 0 ? "return 0;" : $"return {name}{bodies.Count - 1}({arguments});");
        });
    }

    private void WriteMethod(CodeText code, string head, Expression body, bool enclosed = false)
    {
        List<Expression> shared = SharedParts.Of(body);
        code.Block(head, () =>
        {
            code.Block("unchecked", () =>
            {
                // Each column is read once.
                foreach (ColumnRead column in ExpressionTree.All(body).OfType<ColumnRead>().Distinct())
                {
                    string read = column.Side != ColumnSide.Value ? $"block.{column.Side}" : _plan.Scalar == IrType.Float ? "row.Single" : "row.Column";
                    code.Line($"double {Column(column)} = {read}({column.Column});");
                }

                for (int index = 0; index < shared.Count; index++)
                {
                    code.Line($"{PartType(shared[index])} part{index + 1} = {TextOf(shared[index], shared, index)};");
                }

                code.Line($"return {TextOf(body, shared, shared.Count, enclosed)};");
            });
        });
    }

    private string TextOf(Expression expression, List<Expression> shared, int parts, bool enclosed = false)
    {
        string? Leaf(Expression part)
        {
            int index = shared.FindIndex(0, parts, other => other.Equals(part));
            return index >= 0 ? $"part{index + 1}" : part switch
            {
                ColumnRead column => Column(column),
                Normalized normalized => $"scales.Normalize{(_plan.Scalar == IrType.Float ? "Single" : "")}({_scaled.IndexOf(normalized.Term)}, {TextOf(normalized.Operand, shared, parts)})",
                Read { Kind: ReadKind.Feature, Name: "draw" } => _plan.Scalar == IrType.Float ? "_math.Single(row.Draw(_draw))" : "row.Draw(_draw)",
                Read read => "_" + Names.Local(read.Name),
                _ => null,
            };
        }

        var exact = new DeviceText(Leaf);
        return enclosed || DeviceSupport.IsInexact(expression) ? new EnclosureText(exact, Leaf).Of(expression) : exact.Of(expression);
    }

    private static string PartType(Expression part)
        => !DeviceSupport.IsInexact(part) ? DeviceText.Type(part.Type) : part.Type == IrType.Bool ? "int" : $"{Gpu}Enclosure";

    private string Column(ColumnRead column) => FormulaInput.Of(column, _plan)[0].Identifier;

    private static string FieldType(FormulaInput field) => field.IsDraw ? "ulong" : "double";
}
