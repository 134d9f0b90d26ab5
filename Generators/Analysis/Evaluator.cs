using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>What can go wrong in one operation.</summary>
internal enum FaultKind
{
    /// <summary>A divisor is zero.</summary>
    ZeroDivisor,

    /// <summary>A NaN from numbers.</summary>
    NaN,

    /// <summary>An infinity from finite numbers.</summary>
    Overflow,

    /// <summary>The limits of Clamp cross: it throws.</summary>
    CrossedLimits,

    /// <summary>A term that is scaled over the candidates is infinite, which gives NaN.</summary>
    InfiniteTerm,
}

/// <summary>A fault, and the operation it happened in.</summary>
internal readonly record struct Fault(FaultKind Kind, Expression Operation);

/// <summary>Computes formulas on given inputs exactly as the compiled formula does, noting faults. Branches that are not taken are not computed.</summary>
/// <param name="input">The value of a leaf.</param>
internal sealed class Evaluator(Func<Read, double> input)
{
    private readonly List<Fault> _faults = [];

    private int _tested;

    /// <summary>What went wrong since the last call, in the order of happening.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>The value; integers and bools as doubles.</summary>
    public double Run(Expression expression)
    {
        _faults.Clear();
        _tested = 0;
        return AsDouble(Compute(expression), expression.Type);
    }

    private readonly record struct Value(double Number, long Integer);

    private static double AsDouble(Value value, IrType type) => type is IrType.Double or IrType.Float ? value.Number : value.Integer;

    private static Value Number(double number, IrType type) => new(type == IrType.Float ? (float)number : number, 0);

    private static Value Whole(long number, IrType type) => new(0, type == IrType.Int ? unchecked((int)number) : number);

    private static Value Truth(bool value) => new(0, value ? 1 : 0);

    private Value Compute(Expression expression)
    {
        switch (expression)
        {
            case Constant constant:
                return new(constant.Number, constant.Integer);
            case Read read:
                return Number(input(read), read.Type);
            case Conversion conversion:
                return Convert(Compute(conversion.Operand), conversion.Operand.Type, conversion.Type);
            case Choice choice:
                return Compute(Compute(choice.Condition).Integer != 0 ? choice.WhenTrue : choice.WhenFalse);
            case Unary unary:
                return Apply(unary, Compute(unary.Operand));
            case Binary { Type: IrType.Bool } binary:
                return Condition(binary);
            case Binary binary:
                return Apply(binary, Compute(binary.Left), Compute(binary.Right));
            case Call { Function: FunctionTable.IsNaN } test:
                // A NaN that is looked for is no fault.
                _tested++;
                Value tested = Compute(test.First);
                _tested--;
                return Truth(test.First.Type is IrType.Double or IrType.Float && double.IsNaN(tested.Number));
            case Call call:
                return Apply(call, Compute(call.First), call.Second is null ? default : Compute(call.Second), call.Third is null ? default : Compute(call.Third));
            default:
                throw new InvalidOperationException($"No value for {expression}.");
        }
    }

    private static Value Convert(Value value, IrType from, IrType to)
    {
        bool floating = from is IrType.Double or IrType.Float;
        return to switch
        {
            IrType.Double => new(floating ? value.Number : value.Integer, 0),
            IrType.Float => new((float)(floating ? value.Number : value.Integer), 0),
            IrType.Long when floating => new(0, Saturated(value.Number, long.MinValue, long.MaxValue)),
            IrType.Int when floating => new(0, Saturated(value.Number, int.MinValue, int.MaxValue)),
            _ => Whole(value.Integer, to),
        };
    }

    private static long Saturated(double value, long least, long most)
        => double.IsNaN(value) ? 0 : value <= least ? least : value >= most ? most : (long)value;

    private static Value Apply(Unary unary, Value value) => unary.Op switch
    {
        UnaryOp.Not => Truth(value.Integer == 0),
        UnaryOp.Complement => Whole(~value.Integer, unary.Type),
        _ when unary.Type is IrType.Double or IrType.Float => new(-value.Number, 0),
        _ => Whole(unchecked(-value.Integer), unary.Type),
    };

    private Value Condition(Binary binary)
    {
        Value left = Compute(binary.Left);
        if (binary.Left.Type == IrType.Bool)
        {
            return binary.Op switch
            {
                BinaryOp.And => Truth(left.Integer != 0 && Compute(binary.Right).Integer != 0),
                BinaryOp.Or => Truth(left.Integer != 0 || Compute(binary.Right).Integer != 0),
                BinaryOp.Equal => Truth(left.Integer == Compute(binary.Right).Integer),
                _ => Truth(left.Integer != Compute(binary.Right).Integer),
            };
        }

        Value right = Compute(binary.Right);
        if (binary.Left.Type is IrType.Double or IrType.Float)
        {
            return Truth(binary.Op switch
            {
                BinaryOp.Less => left.Number < right.Number,
                BinaryOp.LessOrEqual => left.Number <= right.Number,
                BinaryOp.Greater => left.Number > right.Number,
                BinaryOp.GreaterOrEqual => left.Number >= right.Number,
                BinaryOp.Equal => left.Number == right.Number,
                _ => left.Number != right.Number,
            });
        }

        return Truth(binary.Op switch
        {
            BinaryOp.Less => left.Integer < right.Integer,
            BinaryOp.LessOrEqual => left.Integer <= right.Integer,
            BinaryOp.Greater => left.Integer > right.Integer,
            BinaryOp.GreaterOrEqual => left.Integer >= right.Integer,
            BinaryOp.Equal => left.Integer == right.Integer,
            _ => left.Integer != right.Integer,
        });
    }

    private Value Apply(Binary binary, Value left, Value right)
    {
        if (binary.Type is IrType.Long or IrType.Int)
        {
            return Whole(Apply(binary, left.Integer, right.Integer), binary.Type);
        }

        double a = left.Number;
        double b = right.Number;
        Value result = Number(
            binary.Op switch
            {
                BinaryOp.Add => a + b,
                BinaryOp.Subtract => a - b,
                BinaryOp.Multiply => a * b,
                BinaryOp.Divide => a / b,
                _ => a % b,
            },
            binary.Type);
        if (binary.Op is BinaryOp.Divide or BinaryOp.Remainder && b == 0 && !double.IsNaN(a))
        {
            Note(FaultKind.ZeroDivisor, binary);
        }
        else
        {
            Check(binary, result.Number, a, b, 0);
        }

        return result;
    }

    private long Apply(Binary binary, long left, long right)
    {
        bool isInt = binary.Type == IrType.Int;
        switch (binary.Op)
        {
            case BinaryOp.Divide or BinaryOp.Remainder when right == 0:
                Note(FaultKind.ZeroDivisor, binary);
                return 0;
            case BinaryOp.Divide:
                return right == -1 ? unchecked(-left) : left / right;
            case BinaryOp.Remainder:
                return right == -1 ? 0 : left % right;
            case BinaryOp.Add:
                return unchecked(left + right);
            case BinaryOp.Subtract:
                return unchecked(left - right);
            case BinaryOp.Multiply:
                return unchecked(left * right);
            case BinaryOp.And:
                return left & right;
            case BinaryOp.Or:
                return left | right;
            case BinaryOp.Xor:
                return left ^ right;
            case BinaryOp.ShiftLeft:
                return isInt ? (int)left << (int)right : left << (int)right;
            default:
                return isInt ? (int)left >> (int)right : left >> (int)right;
        }
    }

    private Value Apply(Call call, Value first, Value second, Value third)
    {
        Function function = FunctionTable.Of(call);
        bool whole = call.First.Type is IrType.Long or IrType.Int;
        if (function.OrdersLimits && (whole ? second.Integer > third.Integer : second.Number > third.Number))
        {
            Note(FaultKind.CrossedLimits, call);
            return first;
        }

        if (whole)
        {
            return Whole(function.Compute(first.Integer, second.Integer, third.Integer), call.Type);
        }

        Value result = Number(function.Compute(first.Number, second.Number, third.Number), call.Type);
        Check(call, result.Number, first.Number, second.Number, third.Number);
        return result;
    }

    private void Check(Expression operation, double result, double first, double second, double third)
    {
        if (double.IsNaN(result))
        {
            if (!double.IsNaN(first) && !double.IsNaN(second) && !double.IsNaN(third))
            {
                Note(FaultKind.NaN, operation);
            }
        }
        else if (double.IsInfinity(result) && !IsInfiniteOrNaN(first) && !IsInfiniteOrNaN(second) && !IsInfiniteOrNaN(third))
        {
            Note(FaultKind.Overflow, operation);
        }
    }

    private static bool IsInfiniteOrNaN(double value) => double.IsInfinity(value) || double.IsNaN(value);

    private void Note(FaultKind kind, Expression operation)
    {
        if (_tested == 0 || kind is FaultKind.ZeroDivisor or FaultKind.CrossedLimits)
        {
            _faults.Add(new(kind, operation));
        }
    }
}
