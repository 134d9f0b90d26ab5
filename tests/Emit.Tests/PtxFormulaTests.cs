using Squelch.Generators.Emit;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;
using Squelch.GpuScoring.Tests.Ptx;
using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>Random formulas as PTX have the bits that C# gives them: all operations, all types, on numbers where rules differ.</summary>
public sealed unsafe class PtxFormulaTests
{
    private static readonly double[] s_numbers =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, 1, -1, 0.5, 2.5, -2.5, 3, 1e300, -1e300, 1e19, -1e19, 9007199254740993, 2147483648, -2147483649,
        double.Epsilon, -double.Epsilon, 2.2250738585072009e-308, double.MaxValue, 0.1, 1 + 7.450580596923828e-9, 1e-40, 3.5e38, 7,
    ];

    private static readonly long[] s_wholes = [0, 1, -1, 2, 3, 7, 31, 33, 63, 65, -5, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RandomFormulas(bool single)
    {
        var plan = new PolicyPlan(single ? Samples.Single : Samples.Hyperbolic);
        var random = new Random(single ? 2 : 1);
        int compared = 0;
        for (int time = 0; time < 1500; time++)
        {
            Expression body = Make(random, plan.Scalar, depth: 1 + random.Next(5), plan.Scalar);
            double[] row = [.. Enumerable.Range(0, 3).Select(_ => Pick(random, s_numbers)).Select(value => single ? (float)value : value)];
            (double Low, double High) scale = (Pick(random, [0, 1, -3.5]), Pick(random, [1, 8, double.PositiveInfinity]));
            try
            {
                double expected = (double)Value(body, row, scale, plan.Scalar);
                double actual = Run(PtxText.Of(body, plan, [], [0]), row, scale, single);
                Assert.True(expected.Equals(actual) && (double.IsNaN(expected) || double.IsNegative(expected) == double.IsNegative(actual)), $"{actual} in place of {expected}: {body}");
                compared++;
            }
            catch (Exception exception) when (exception is OverflowException or ArithmeticException)
            {
                // .NET throws where the least integer has no opposite: such formulas are not scored.
            }
        }

        Assert.InRange(compared, 1200, 1500);
    }

    private static T Pick<T>(Random random, T[] values) => values[random.Next(values.Length)];

    private static Expression Make(Random random, IrType type, int depth, IrType scalar)
    {
        if (depth == 0)
        {
            return type switch
            {
                IrType.Bool => new Constant(type, 0, random.Next(2)),
                IrType.Long => new Constant(type, 0, Pick(random, s_wholes)),
                IrType.Int => new Constant(type, 0, (int)Pick(random, s_wholes)),
                _ when random.Next(3) > 0 && type == scalar => new ColumnRead(type, random.Next(3), ColumnSide.Value),
                _ => new Constant(type, type == IrType.Float ? (float)Pick(random, s_numbers) : Pick(random, s_numbers), 0),
            };
        }

        Expression Inner(IrType inner) => Make(random, inner, random.Next(depth), scalar);
        if (random.Next(6) == 0)
        {
            return new Choice(type, Inner(IrType.Bool), Inner(type), Inner(type));
        }

        IrType whole = random.Next(2) == 0 ? IrType.Long : IrType.Int;
        switch (type)
        {
            case IrType.Bool when random.Next(3) == 0:
                return random.Next(3) switch
                {
                    0 => new Unary(type, UnaryOp.Not, Inner(type)),
                    1 => new Call(type, "IsNaN", Inner(scalar)),
                    _ => new Binary(type, Pick(random, [BinaryOp.And, BinaryOp.Or, BinaryOp.Xor, BinaryOp.Equal, BinaryOp.NotEqual]), Inner(type), Inner(type)),
                };
            case IrType.Bool:
                IrType compared = random.Next(2) == 0 ? whole : scalar;
                return new Binary(type, Pick(random, [BinaryOp.Less, BinaryOp.LessOrEqual, BinaryOp.Greater, BinaryOp.GreaterOrEqual, BinaryOp.Equal, BinaryOp.NotEqual]), Inner(compared), Inner(compared));
            case IrType.Long or IrType.Int:
                return OfWhole(random, type, Inner, scalar);
            default:
                return random.Next(12) switch
                {
                    0 => new Unary(type, UnaryOp.Negate, Inner(type)),
                    1 => new Conversion(type, Inner(whole)),
                    2 => new Conversion(type, Inner(type == IrType.Float ? IrType.Double : IrType.Float)),
                    3 => new Call(type, Pick(random, ["Abs", "Sqrt", "Floor", "Ceiling"]), Inner(type)),
                    4 or 5 => new Call(type, Pick(random, ["Min", "Max"]), Inner(type), Inner(type)),
                    6 => new Call(type, "Clamp", Inner(type), new Constant(type, -1, 0), new Constant(type, 2.5, 0)),
                    7 when type == scalar => new Normalized(type, 0, Inner(type)),
                    _ => new Binary(type, Pick(random, [BinaryOp.Add, BinaryOp.Subtract, BinaryOp.Multiply, BinaryOp.Divide]), Inner(type), Inner(type)),
                };
        }
    }

    private static Expression OfWhole(Random random, IrType type, Func<IrType, Expression> inner, IrType scalar)
    {
        switch (random.Next(8))
        {
            case 0:
                return new Unary(type, Pick(random, [UnaryOp.Negate, UnaryOp.Complement]), inner(type));
            case 1:
                return new Conversion(type, inner(scalar));
            case 2:
                return new Conversion(type, inner(type == IrType.Int ? IrType.Long : IrType.Int));
            case 3:
                return new Call(type, Pick(random, ["Min", "Max"]), inner(type), inner(type));
            case 4:
                return random.Next(2) == 0 ? new Call(type, "Abs", inner(type)) : new Call(type, "Clamp", inner(type), new Constant(type, 0, -7), new Constant(type, 0, 31));
            case 5:
                return new Binary(type, Pick(random, [BinaryOp.ShiftLeft, BinaryOp.ShiftRight]), inner(type), inner(IrType.Int));
            case 6:
                // As the compiler guards it: the quotient is computed whatever the divisor, and left where it is 0.
                Expression divisor = inner(type);
                var zero = new Constant(type, 0, 0);
                return new Choice(type, new Binary(IrType.Bool, BinaryOp.Equal, divisor, zero), zero, new Binary(type, Pick(random, [BinaryOp.Divide, BinaryOp.Remainder]), inner(type), divisor));
            default:
                return new Binary(type, Pick(random, [BinaryOp.Add, BinaryOp.Subtract, BinaryOp.Multiply, BinaryOp.And, BinaryOp.Or, BinaryOp.Xor]), inner(type), inner(type));
        }
    }

    /// <summary>What C# computes.</summary>
    private static dynamic Value(Expression expression, double[] row, (double Low, double High) scale, IrType scalar)
    {
        dynamic Of(Expression part) => Value(part, row, scale, scalar);
        switch (expression)
        {
            case Constant constant:
                return constant.Type switch { IrType.Double => constant.Number, IrType.Float => (float)constant.Number, IrType.Long => constant.Integer, IrType.Int => (int)constant.Integer, _ => constant.Integer != 0 };
            case ColumnRead column:
                return scalar == IrType.Float ? (object)(float)row[column.Column] : row[column.Column];
            case Normalized { Type: IrType.Float } normalized:
                float value = Of(normalized.Operand);
                return (float)scale.High != (float)scale.Low ? (value - (float)scale.Low) / ((float)scale.High - (float)scale.Low) : 1f;
            case Normalized normalized:
                return scale.High != scale.Low ? ((double)Of(normalized.Operand) - scale.Low) / (scale.High - scale.Low) : 1.0;
            case Unary unary:
                return unary.Op switch { UnaryOp.Negate => -Of(unary.Operand), UnaryOp.Not => !Of(unary.Operand), _ => ~Of(unary.Operand) };
            case Choice choice:
                return Of(choice.Condition) ? Of(choice.WhenTrue) : Of(choice.WhenFalse);
            case Conversion conversion:
                dynamic operand = Of(conversion.Operand);
                return unchecked(conversion.Type switch { IrType.Double => (double)operand, IrType.Float => (float)operand, IrType.Long => (long)operand, _ => (object)(int)operand });
            case Call call:
                dynamic first = Of(call.First);
                return call.Function switch
                {
                    "IsNaN" => double.IsNaN(first),
                    "Abs" => Math.Abs(first),
                    "Sqrt" => call.Type == IrType.Float ? MathF.Sqrt(first) : Math.Sqrt(first),
                    "Floor" => call.Type == IrType.Float ? MathF.Floor(first) : Math.Floor(first),
                    "Ceiling" => call.Type == IrType.Float ? MathF.Ceiling(first) : Math.Ceiling(first),
                    "Min" => Math.Min(first, Of(call.Second!)),
                    "Max" => Math.Max(first, Of(call.Second!)),
                    _ => Math.Clamp(first, Of(call.Second!), Of(call.Third!)),
                };
            default:
                return OfBinary((Binary)expression, Of);
        }
    }

    private static dynamic OfBinary(Binary binary, Func<Expression, dynamic> of)
    {
        dynamic left = of(binary.Left);
        dynamic right = of(binary.Right);
        return unchecked(binary.Op switch
        {
            BinaryOp.Add => left + right,
            BinaryOp.Subtract => left - right,
            BinaryOp.Multiply => left * right,
            BinaryOp.Divide => left / right,
            BinaryOp.Remainder => left % right,
            BinaryOp.And => left & right,
            BinaryOp.Or => left | right,
            BinaryOp.Xor => left ^ right,
            BinaryOp.ShiftLeft => left << right,
            BinaryOp.ShiftRight => left >> right,
            BinaryOp.Less => left < right,
            BinaryOp.LessOrEqual => left <= right,
            BinaryOp.Greater => left > right,
            BinaryOp.GreaterOrEqual => left >= right,
            BinaryOp.Equal => left == right,
            _ => left != right,
        });
    }

    /// <summary>One thread that scores one row.</summary>
    private static double Run(string formula, double[] row, (double Low, double High) scale, bool single)
    {
        string kernel = $"""
            .visible .entry formula(
            .param .b64 columns,
            .param .b64 result
            )
            .shared .align 8 .b8 scales[16];
            ld.param.u64 %place, [columns];
            ld.param.u64 %result, [result];
            {string.Concat(row.Select((_, column) => single ? $"ld.global.f32 %column{column}, [%place+{4 * column}];\n" : $"ld.global.f64 %column{column}, [%place+{8 * column}];\n"))}
            mov.b64 %low, {BitConverter.DoubleToUInt64Bits(scale.Low)};
            st.shared.u64 [scales], %low;
            mov.b64 %high, {BitConverter.DoubleToUInt64Bits(scale.High)};
            st.shared.u64 [scales+8], %high;
            {formula}
            st.global.f64 [%result], %score;
            ret;
            """;
        byte[] columns = [.. row.SelectMany(value => single ? BitConverter.GetBytes((float)value) : BitConverter.GetBytes(value))];
        double result = 0;
        fixed (byte* place = columns)
        {
            (ulong, ulong)[] memory = [((ulong)place, (ulong)columns.Length), ((ulong)&result, sizeof(double))];
            byte[] parameters = [.. BitConverter.GetBytes((ulong)place), .. BitConverter.GetBytes((ulong)&result)];
            new PtxMachine(1).Launch(PtxKernel.Parse(kernel), 1, 1, parameters, memory);
        }

        return result;
    }
}
