using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>Writes one formula: as a static method over scalars, and as a kernel over rows.</summary>
internal sealed class FormulaWriter
{
    private readonly PolicyPlan _plan;
    private readonly string _name;
    private readonly Expression _body;
    private readonly List<Expression> _shared;

    /// <param name="name">Method name, and kernel name before "Kernel".</param>
    public FormulaWriter(PolicyPlan plan, string name, Expression body)
    {
        _plan = plan;
        _name = name;
        _body = body;
        _shared = SharedParts.Of(body);
        Inputs = FormulaInput.Of(body, plan);
    }

    public IReadOnlyList<FormulaInput> Inputs { get; }

    public string Kernel => _name + "Kernel";

    private string T => ScalarText.Type(_plan.Scalar);

    /// <summary>A call of the scalar method, with one text per input.</summary>
    public string CallWith(Func<FormulaInput, string> argument) => $"{_name}Of({string.Join(", ", Inputs.Select(argument))})";

    /// <summary>Makes the kernel, with one text per input; draw takes two.</summary>
    public string NewKernel(Func<FormulaInput, string> argument) => $"new {Kernel}({string.Join(", ", Inputs.Select(argument))})";

    public void WriteScalar(CodeText code)
    {
        string parameters = string.Join(", ", Inputs.Select(input => $"{(input.IsScale ? Scale : input.IsStatistic ? Statistic : T)} {input.Identifier}"));
        string head = $"private static {T} {_name}Of({parameters})";
        if (_shared.Count == 0)
        {
            code.Line(head).Deeper(() => code.Line($"=> {ScalarText.Of(_body, part => Scalar(part, 0))};"));
            return;
        }

        code.Block(head, () =>
        {
            for (int index = 0; index < _shared.Count; index++)
            {
                Expression part = _shared[index];
                code.Line($"{ScalarText.Type(part.Type)} part{index + 1} = {ScalarText.Of(part, inner => Scalar(inner, index))};");
            }

            code.Line($"return {ScalarText.Of(_body, part => Scalar(part, _shared.Count))};");
        });
    }

    public void WriteKernel(CodeText code, string summary)
    {
        code.Line($"/// <summary>{summary}</summary>");
        code.Block($"private readonly struct {Kernel} : global::Squelch.CompilerServices.IRowKernel<{T}>", () =>
        {
            foreach (string field in Inputs.SelectMany(Fields))
            {
                code.Line($"private readonly {field};");
            }

            code.Line();
            code.Block($"public {Kernel}({string.Join(", ", Inputs.SelectMany(Parameters))})", () =>
            {
                foreach (FormulaInput input in Inputs)
                {
                    if (input.IsDraw)
                    {
                        code.Line("_drawKey = drawKey;").Line("_creation = creation;");
                    }
                    else
                    {
                        code.Line($"_{input.Name} = {input.Identifier};");
                    }
                }
            });
            code.Line();
            code.Line($"public {T} At(int row) => {CallWith(RowArgument)};");
            code.Line();
            WriteVector(code);
        });
    }

    private string Statistic => $"global::Squelch.CompilerServices.ReuseStatistic<{T}>";

    private string Scale => $"global::Squelch.Extremes<{T}>";

    private void WriteVector(CodeText code)
    {
        code.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        code.Line("public V At<V>(int row)");
        code.Deeper(() => code.Line($"where V : struct, global::Squelch.CompilerServices.ILanes<V, {T}>"));
        code.Block(null, () =>
        {
            foreach (FormulaInput input in Inputs)
            {
                string? value = input switch
                {
                    { IsScale: true } or { IsStatistic: true } => null,
                    { IsColumn: true } => $"V.Load(_{input.Name}, row)",
                    { IsDraw: true } => $"{VectorText.Functions}.Draw<V>(_drawKey, _creation, row)",
                    _ => $"V.Create(_{input.Name})",
                };
                if (value is not null)
                {
                    code.Line($"V {input.Identifier} = {value};");
                }
            }

            for (int index = 0; index < _shared.Count; index++)
            {
                code.Line($"V part{index + 1} = {VectorOf(_shared[index], index)};");
            }

            code.Line($"return {VectorOf(_body, _shared.Count)};");
        });
    }

    private string VectorOf(Expression expression, int parts)
    {
        string text = new VectorText(_plan.Scalar, part => Vector(part, parts)).Of(expression);
        return text[0] == '(' && Closes(text) ? text.Substring(1, text.Length - 2) : text;
    }

    /// <summary>True where the first parenthesis is closed by the last.</summary>
    private static bool Closes(string text)
    {
        int depth = 0;
        for (int index = 0; index < text.Length - 1; index++)
        {
            depth += text[index] == '(' ? 1 : text[index] == ')' ? -1 : 0;
            if (depth == 0)
            {
                return false;
            }
        }

        return true;
    }

    private string? Scalar(Expression part, int parts)
    {
        if (Part(part, parts) is { } local)
        {
            return local;
        }

        return part switch
        {
            Normalized normalized => $"{FormulaInput.ScaleName(_plan, normalized)}.Normalize({ScalarText.Of(normalized.Operand, inner => Scalar(inner, parts))})",
            ReuseRead or ReuseBound => Reuse(part, operand => ScalarText.Of(operand, inner => Scalar(inner, parts))),
            Read or ColumnRead => Input(part),
            _ => null,
        };
    }

    private string? Vector(Expression part, int parts)
    {
        if (Part(part, parts) is { } local)
        {
            return local;
        }

        return part switch
        {
            Normalized normalized => $"{VectorText.Functions}.Normalize(_{FormulaInput.ScaleName(_plan, normalized)}, {VectorOf(normalized.Operand, parts)})",
            ReuseRead or ReuseBound => "_" + Reuse(part, operand => VectorOf(operand, parts)),
            Read or ColumnRead => Input(part),
            _ => null,
        };
    }

    /// <summary>A call of the statistic: numbers and vectors take the same.</summary>
    private static string Reuse(Expression read, Func<Expression, string> text)
    {
        (string measure, string method) = read is ReuseBound bound ? (bound.Measure, bound.Least ? "Least" : "Greatest") : (((ReuseRead)read).Measure, "At");
        return $"{measure}.{method}({string.Join(", ", ExpressionTree.Children(read).Select(text))})";
    }

    private string? Part(Expression part, int parts)
    {
        int index = _shared.FindIndex(0, parts, shared => shared.Equals(part));
        return index < 0 ? null : $"part{index + 1}";
    }

    private string Input(Expression leaf) => Inputs.First(input => input.Leaf.Equals(leaf)).Identifier;

    private string RowArgument(FormulaInput input) => input switch
    {
        { IsColumn: true } => $"_{input.Name}[row]",
        { IsDraw: true } => $"{(_plan.Scalar == IrType.Float ? "(float)" : "")}global::Squelch.Draw.At(_drawKey, _creation[row])",
        _ => $"_{input.Name}",
    };

    private IEnumerable<string> Fields(FormulaInput input) => input switch
    {
        { IsDraw: true } => ["ulong _drawKey", "long[] _creation"],
        { IsColumn: true } => [$"{T}[] _{input.Name}"],
        { IsScale: true } => [$"{Scale} _{input.Name}"],
        { IsStatistic: true } => [$"{Statistic} _{input.Name}"],
        _ => [$"{T} _{input.Name}"],
    };

    private IEnumerable<string> Parameters(FormulaInput input) => input switch
    {
        { IsDraw: true } => ["ulong drawKey", "long[] creation"],
        { IsColumn: true } => [$"{T}[] {input.Identifier}"],
        { IsScale: true } => [$"{Scale} {input.Identifier}"],
        { IsStatistic: true } => [$"{Statistic} {input.Identifier}"],
        _ => [$"{T} {input.Identifier}"],
    };
}
