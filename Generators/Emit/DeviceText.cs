using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>
/// Formulas as C# that a kernel can carry: float is double, rounded after each operation, and every operation that devices do in their own
/// way goes through Squelch.GpuScoring.CompilerServices.DeviceMath.
/// </summary>
internal sealed class DeviceText(Func<Expression, string?> leaf)
{
    public static string Type(IrType type) => type == IrType.Float ? "double" : ScalarText.Type(type);

    public string Of(Expression expression)
    {
        if (leaf(expression) is { } text)
        {
            return text;
        }

        switch (expression)
        {
            case Constant constant:
                return OfConstant(constant);
            case Unary unary:
                return (unary.Op switch { UnaryOp.Negate => "(-", UnaryOp.Not => "(!", _ => "(~" }) + Of(unary.Operand) + ")";
            case Binary binary:
                return OfBinary(binary);
            case Choice choice:
                return $"({Of(choice.Condition)} ? {Of(choice.WhenTrue)} : {Of(choice.WhenFalse)})";
            case Conversion conversion:
                return OfConversion(conversion);
            case Call call:
                return OfCall(call);
            default:
                throw new InvalidOperationException($"No device form of {expression}.");
        }
    }

    private static string OfConstant(Constant constant)
    {
        if (constant.Type is not (IrType.Double or IrType.Float))
        {
            return constant.Integer < 0 ? $"({Literals.Of(constant)})" : Literals.Of(constant);
        }

        if (constant.Number == 0)
        {
            return 1 / constant.Number < 0 ? "(-_math.Zero)" : "_math.Zero";
        }

        string literal = Literals.Of(constant.Type == IrType.Float ? (float)constant.Number : constant.Number);
        return literal[0] == '-' ? $"({literal})" : literal;
    }

    private string OfBinary(Binary binary)
    {
        Expression left = binary.Left;
        Expression right = binary.Right;
        BinaryOp op = binary.Op;
        bool real = left.Type is IrType.Double or IrType.Float;
        if (real && Mirrored(op) is { } mirrored && IsConstant(left))
        {
            // ILGPU turns a comparison whose left side is constant into one that holds for NaN.
            (left, right, op) = (right, left, mirrored);
        }

        string text = op == BinaryOp.Multiply && binary.Type == IrType.Double
            ? $"_math.Multiply({Of(left)}, {Of(right)})"
            : $"({Of(left)} {Symbol(op, left.Type)} {Of(right)})";
        return binary.Type == IrType.Float ? $"_math.Single({text})" : text;
    }

    private string OfConversion(Conversion conversion)
    {
        string operand = Of(conversion.Operand);
        bool fromReal = conversion.Operand.Type is IrType.Double or IrType.Float;
        return conversion.Type switch
        {
            IrType.Double => fromReal ? operand : $"((double){operand})",
            IrType.Float => conversion.Operand.Type == IrType.Float ? operand : fromReal ? $"_math.Single({operand})" : $"_math.Single((long){operand})",
            IrType.Long => fromReal ? $"_math.ToLong({operand})" : $"((long){operand})",
            IrType.Int => fromReal ? $"_math.ToInt({operand})" : $"((int){operand})",
            _ => operand,
        };
    }

    private string OfCall(Call call)
    {
        string arguments = Of(call.First)
            + (call.Second is null ? "" : ", " + Of(call.Second))
            + (call.Third is null ? "" : ", " + Of(call.Third));
        string text = $"_math.{call.Function}({arguments})";
        return call.Type == IrType.Float && FunctionTable.Of(call).Accuracy == Accuracy.Rounded ? $"_math.Single({text})" : text;
    }

    private static bool IsConstant(Expression expression)
    {
        foreach (Expression part in ExpressionTree.All(expression))
        {
            if (part is Read or ColumnRead or Normalized)
            {
                return false;
            }
        }

        return true;
    }

    private static BinaryOp? Mirrored(BinaryOp op) => op switch
    {
        BinaryOp.Less => BinaryOp.Greater,
        BinaryOp.LessOrEqual => BinaryOp.GreaterOrEqual,
        BinaryOp.Greater => BinaryOp.Less,
        BinaryOp.GreaterOrEqual => BinaryOp.LessOrEqual,
        BinaryOp.Equal => BinaryOp.Equal,
        BinaryOp.NotEqual => BinaryOp.NotEqual,
        _ => null,
    };

    private static string Symbol(BinaryOp op, IrType type) => op switch
    {
        // The right side may divide by zero where the left does not hold.
        BinaryOp.And when type == IrType.Bool => "&&",
        BinaryOp.Or when type == IrType.Bool => "||",
        BinaryOp.Multiply => "*",
        BinaryOp.Divide => "/",
        BinaryOp.Remainder => "%",
        BinaryOp.Add => "+",
        BinaryOp.Subtract => "-",
        BinaryOp.ShiftLeft => "<<",
        BinaryOp.ShiftRight => ">>",
        BinaryOp.Less => "<",
        BinaryOp.LessOrEqual => "<=",
        BinaryOp.Greater => ">",
        BinaryOp.GreaterOrEqual => ">=",
        BinaryOp.Equal => "==",
        BinaryOp.NotEqual => "!=",
        BinaryOp.And => "&",
        BinaryOp.Xor => "^",
        _ => "|",
    };
}
