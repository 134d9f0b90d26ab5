using System.Globalization;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>
/// A formula as PTX with the bits of its scalar form: one instruction after the other, without branches. Every product and sum is marked as rounded (<c>.rn</c>),
/// which no assembler contracts. Equal parts are computed once. What surrounds the block is in Squelch.GpuScoring.CompilerServices.DevicePtx.
/// </summary>
internal sealed class PtxText
{
    private readonly PolicyPlan _plan;
    private readonly List<FormulaInput> _uniforms;
    private readonly List<int> _scaled;
    private readonly PtxCode _code = new();
    private readonly Dictionary<Expression, string> _registers = [];

    private PtxText(PolicyPlan plan, List<FormulaInput> uniforms, List<int> scaled)
    {
        _plan = plan;
        _uniforms = uniforms;
        _scaled = scaled;
    }

    /// <param name="body">The formula of a score, of a term or of a bound.</param>
    /// <param name="plan">Whose formula it is.</param>
    /// <param name="uniforms">What is the same for all rows, in the order of its places.</param>
    /// <param name="scaled">The terms that are scaled, in the order of their extremes.</param>
    public static string Of(Expression body, PolicyPlan plan, List<FormulaInput> uniforms, List<int> scaled)
    {
        var text = new PtxText(plan, uniforms, scaled);
        string result = text.Register(body.Type == IrType.Double ? body : new Conversion(IrType.Double, body));
        return text._code.Block($"mov.f64 %score, {result};");
    }

    private string Register(Expression expression)
    {
        if (!_registers.TryGetValue(expression, out string register))
        {
            register = Write(expression);
            _registers.Add(expression, register);
        }

        return register;
    }

    private string Write(Expression expression) => expression switch
    {
        Constant constant => _code.Add(constant.Type, $"mov.{PtxCode.Bits(constant.Type)}", Literal(constant)),
        ColumnRead column => $"%{(column.Side switch { ColumnSide.Low => "least", ColumnSide.High => "most", _ => "column" })}{column.Column}",
        Normalized normalized => OfScaled(normalized),
        Read { Kind: ReadKind.Feature, Name: "draw" } read => OfDraw(read),
        Read read => ToScalar(_code.Add(IrType.Double, "ld.param.f64", Uniform(read))),
        Unary unary => OfUnary(unary),
        Binary binary => OfBinary(binary),
        Choice choice => OfChoice(choice),
        Conversion conversion => OfConversion(conversion),
        Call call => PtxFunctions.Of(_code, call, [.. ExpressionTree.Children(call).Select(Register)]) ?? throw new InvalidOperationException($"PTX has no {call.Function}."),
        _ => throw new InvalidOperationException($"No PTX of {expression}."),
    };

    private static string Literal(Constant constant) => constant.Type switch
    {
        IrType.Double => "0d" + BitConverter.DoubleToInt64Bits(constant.Number).ToString("X16", CultureInfo.InvariantCulture),
        IrType.Float => "0f" + BitConverter.ToInt32(BitConverter.GetBytes((float)constant.Number), 0).ToString("X8", CultureInfo.InvariantCulture),
        _ => constant.Integer.ToString(CultureInfo.InvariantCulture),
    };

    private string Uniform(Read read) => $"[uniforms+{8 * _uniforms.FindIndex(input => input.Name == Names.Local(read.Name))}]";

    /// <summary>Features, tunables and states come as double; under single precision their values are floats.</summary>
    private string ToScalar(string register) => _plan.Scalar == IrType.Float ? _code.Add(IrType.Float, "cvt.rn.f32.f64", register) : register;

    /// <summary>The hash of Squelch.Draw.</summary>
    private string OfDraw(Read read)
    {
        string key = _code.Add(IrType.Long, "ld.param.u64", Uniform(read));
        string hash = _code.Add(IrType.Long, "add.u64", key, _code.Add(IrType.Long, "mul.lo.u64", "%creation", Whole(0x9E3779B97F4A7C15)));
        hash = Mixed(hash, 30, 0xBF58476D1CE4E5B9);
        hash = Mixed(hash, 27, 0x94D049BB133111EB);
        hash = _code.Add(IrType.Long, "xor.b64", hash, _code.Add(IrType.Long, "shr.u64", hash, "31"));
        string mantissa = _code.Add(IrType.Long, "or.b64", _code.Add(IrType.Long, "shr.u64", hash, "12"), Whole(0x3FF0000000000000));
        return ToScalar(_code.Add(IrType.Double, "sub.rn.f64", _code.Add(IrType.Double, "mov.b64", mantissa), _code.Add(IrType.Double, "mov.b64", "0d3FF0000000000000")));
    }

    private string Mixed(string hash, int shift, ulong factor)
        => _code.Add(IrType.Long, "mul.lo.u64", _code.Add(IrType.Long, "xor.b64", hash, _code.Add(IrType.Long, "shr.u64", hash, $"{shift}")), Whole(factor));

    private static string Whole(ulong value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>The value between the term's extremes; 1 where they are equal.</summary>
    private string OfScaled(Normalized normalized)
    {
        IrType type = _plan.Scalar;
        string suffix = PtxCode.Suffix(type);
        int place = 16 * _scaled.IndexOf(normalized.Term);
        string value = Register(normalized.Operand);
        string low = ToScalar(_code.Add(IrType.Double, "ld.shared.f64", $"[scales+{place}]"));
        string high = ToScalar(_code.Add(IrType.Double, "ld.shared.f64", $"[scales+{place + 8}]"));
        string ratio = _code.Add(type, $"div.rn.{suffix}", _code.Add(type, $"sub.rn.{suffix}", value, low), _code.Add(type, $"sub.rn.{suffix}", high, low));
        string differ = _code.Add(IrType.Bool, $"setp.neu.{suffix}", high, low);
        return _code.Add(type, $"selp.{PtxCode.Bits(type)}", ratio, Register(new Constant(type, 1, 0)), differ);
    }

    private string OfUnary(Unary unary) => unary.Op switch
    {
        UnaryOp.Negate => _code.Add(unary.Type, $"neg.{PtxCode.Suffix(unary.Type)}", Register(unary.Operand)),
        _ => _code.Add(unary.Type, $"not.{PtxCode.Bits(unary.Type)}", Register(unary.Operand)),
    };

    private string OfBinary(Binary binary)
    {
        IrType type = binary.Left.Type;
        string left = Register(binary.Left);
        string right = Register(binary.Right);
        string suffix = PtxCode.Suffix(type);
        bool real = type is IrType.Double or IrType.Float;
        switch (binary.Op)
        {
            case BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Multiply or BinaryOp.Divide when real:
                return _code.Add(type, $"{Word(binary.Op)}.rn.{suffix}", left, right);
            case BinaryOp.Multiply:
                return _code.Add(type, $"mul.lo.{suffix}", left, right);
            case BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Divide or BinaryOp.Remainder:
                return _code.Add(type, $"{Word(binary.Op)}.{suffix}", left, right);
            case BinaryOp.And or BinaryOp.Or or BinaryOp.Xor:
                return _code.Add(type, $"{Word(binary.Op)}.{PtxCode.Bits(type)}", left, right);
            case BinaryOp.ShiftLeft or BinaryOp.ShiftRight:
                // C# takes the count modulo the width, PTX stops at the width.
                string count = binary.Right.Type == IrType.Long ? _code.Add(IrType.Int, "cvt.u32.u64", right) : right;
                count = _code.Add(IrType.Int, "and.b32", count, type == IrType.Long ? "63" : "31");
                return _code.Add(type, binary.Op == BinaryOp.ShiftLeft ? $"shl.{PtxCode.Bits(type)}" : $"shr.{suffix}", left, count);
            case BinaryOp.Equal or BinaryOp.NotEqual when type == IrType.Bool:
                string differ = _code.Add(IrType.Bool, "xor.pred", left, right);
                return binary.Op == BinaryOp.NotEqual ? differ : _code.Add(IrType.Bool, "not.pred", differ);
            default:
                // Only "not equal" holds for NaN.
                return _code.Add(IrType.Bool, $"setp.{Word(binary.Op)}{(real && binary.Op == BinaryOp.NotEqual ? "u" : "")}.{suffix}", left, right);
        }
    }

    private string OfChoice(Choice choice)
    {
        string condition = Register(choice.Condition);
        string whenTrue = Register(choice.WhenTrue);
        string whenFalse = Register(choice.WhenFalse);
        return choice.Type != IrType.Bool
            ? _code.Add(choice.Type, $"selp.{PtxCode.Bits(choice.Type)}", whenTrue, whenFalse, condition)
            : _code.Add(
                IrType.Bool,
                "or.pred",
                _code.Add(IrType.Bool, "and.pred", condition, whenTrue),
                _code.Add(IrType.Bool, "and.pred", _code.Add(IrType.Bool, "not.pred", condition), whenFalse));
    }

    private string OfConversion(Conversion conversion)
    {
        IrType from = conversion.Operand.Type;
        IrType to = conversion.Type;
        string operand = Register(conversion.Operand);
        switch (to, from)
        {
            case (IrType.Double, IrType.Float):
                return _code.Add(to, "cvt.f64.f32", operand);
            case (IrType.Double, IrType.Long or IrType.Int) or (IrType.Float, IrType.Double or IrType.Long or IrType.Int):
                return _code.Add(to, $"cvt.rn.{PtxCode.Suffix(to)}.{PtxCode.Suffix(from)}", operand);
            case (IrType.Long, IrType.Int):
                return _code.Add(to, "cvt.s64.s32", operand);
            case (IrType.Int, IrType.Long):
                return _code.Add(to, "cvt.u32.u64", operand);
            case (IrType.Long or IrType.Int, IrType.Double or IrType.Float):
                // What does not fit becomes the nearest limit; NaN, of which PTX says nothing, becomes 0.
                string real = from == IrType.Float ? _code.Add(IrType.Double, "cvt.f64.f32", operand) : operand;
                string whole = _code.Add(to, $"cvt.rzi.{PtxCode.Suffix(to)}.f64", real);
                return _code.Add(to, $"selp.{PtxCode.Bits(to)}", whole, "0", _code.Add(IrType.Bool, "setp.num.f64", real, real));
            default:
                return operand;
        }
    }

    private static string Word(BinaryOp op) => op switch
    {
        BinaryOp.Add => "add",
        BinaryOp.Subtract => "sub",
        BinaryOp.Multiply => "mul",
        BinaryOp.Divide => "div",
        BinaryOp.Remainder => "rem",
        BinaryOp.And => "and",
        BinaryOp.Or => "or",
        BinaryOp.Xor => "xor",
        BinaryOp.Less => "lt",
        BinaryOp.LessOrEqual => "le",
        BinaryOp.Greater => "gt",
        BinaryOp.GreaterOrEqual => "ge",
        BinaryOp.Equal => "eq",
        BinaryOp.NotEqual => "ne",
        _ => throw new InvalidOperationException($"PTX has no {op}."),
    };
}
