using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>
/// A formula as two formulas over the bounds of its columns, a lower and an upper one. Round-to-nearest is monotone, so plain arithmetic
/// gives valid bounds; transcendental results are widened. NaN means that nothing is known. Null where no bound can be given.
/// </summary>
internal sealed class IntervalForm(IntervalAnalysis intervals)
{
    public Expression? Lower(Expression expression) => Bound(expression, lower: true);

    private Expression? Upper(Expression expression) => Bound(expression, lower: false);

    private Expression? Bound(Expression expression, bool lower)
    {
        switch (expression)
        {
            case ColumnRead read:
                return read with { Side = lower ? ColumnSide.Low : ColumnSide.High };
            case ReuseRead reuse:
                return Bound(reuse, lower);
            case Normalized normalized:
                return Bound(normalized.Operand, lower) is { } operand ? normalized with { Operand = operand } : null;
            case var free when ExpressionTree.RowFree(free):
                return free;
            case Unary { Op: UnaryOp.Negate } unary:
                return Bound(unary.Operand, !lower) is { } negated ? unary with { Operand = negated } : null;
            case Conversion { Operand.Type: IrType.Long or IrType.Int, Type: IrType.Double or IrType.Float } conversion:
                return Bound(conversion.Operand, lower) is { } converted ? conversion with { Operand = converted } : null;
            case Choice choice:
                return Extreme(lower, Bound(choice.WhenTrue, lower), Bound(choice.WhenFalse, lower));
            case Binary { Type: IrType.Double or IrType.Float } binary:
                return BoundBinary(binary, lower);
            case Call { Type: IrType.Double or IrType.Float } call:
                return BoundCall(call, lower);
            default:
                return null;
        }
    }

    /// <summary>The extreme over the block's classes and ages.</summary>
    private ReuseBound? Bound(ReuseRead reuse, bool lower)
        => Lower(reuse.Class) is { } leastClass && Upper(reuse.Class) is { } mostClass && Lower(reuse.Age) is { } leastAge && Upper(reuse.Age) is { } mostAge
            ? new(reuse.Type, reuse.Measure, lower, leastClass, mostClass, leastAge, mostAge)
            : null;

    private Expression? BoundBinary(Binary binary, bool lower)
    {
        switch (binary.Op)
        {
            case BinaryOp.Add:
                return Make(binary, Bound(binary.Left, lower), Bound(binary.Right, lower));
            case BinaryOp.Subtract:
                return Make(binary, Bound(binary.Left, lower), Bound(binary.Right, !lower));
            case BinaryOp.Multiply:
                return Product(binary, lower);
            case BinaryOp.Divide when intervals.Of(binary.Right).NonNegative:
                return Quotient(binary, lower);
            default:
                return null;
        }
    }

    private Expression? Product(Binary product, bool lower)
    {
        // A factor that is the same for all rows keeps or turns the other's order by its sign.
        foreach ((Expression free, Expression other, bool left) in new[] { (product.Left, product.Right, true), (product.Right, product.Left, false) })
        {
            ValueRange sign = intervals.Of(free);
            if (ExpressionTree.RowFree(free) && (sign.NonNegative || sign.NonPositive))
            {
                Expression? bound = Bound(other, sign.NonNegative ? lower : !lower);
                return left ? Make(product, free, bound) : Make(product, bound, free);
            }
        }

        if (intervals.Of(product.Left).NonNegative && intervals.Of(product.Right).NonNegative)
        {
            return Make(product, NotNegative(product.Left, Bound(product.Left, lower)), NotNegative(product.Right, Bound(product.Right, lower)));
        }

        Expression? leftLow = Lower(product.Left);
        Expression? leftHigh = Upper(product.Left);
        Expression? rightLow = Lower(product.Right);
        Expression? rightHigh = Upper(product.Right);
        return Extreme(
            lower,
            Extreme(lower, Make(product, leftLow, rightLow), Make(product, leftLow, rightHigh)),
            Extreme(lower, Make(product, leftHigh, rightLow), Make(product, leftHigh, rightHigh)));
    }

    /// <summary>The divisor is not negative.</summary>
    private Expression? Quotient(Binary quotient, bool lower)
    {
        Expression? dividend = Bound(quotient.Left, lower);
        Expression? divisorLow = NotNegative(quotient.Right, Lower(quotient.Right));
        Expression? divisorHigh = Upper(quotient.Right);
        if (ExpressionTree.RowFree(quotient.Right))
        {
            return Make(quotient, dividend, quotient.Right);
        }

        ValueRange sign = intervals.Of(quotient.Left);
        if (sign.NonNegative)
        {
            return Make(quotient, dividend, lower ? divisorHigh : divisorLow);
        }

        return sign.NonPositive
            ? Make(quotient, dividend, lower ? divisorLow : divisorHigh)
            : Extreme(lower, Make(quotient, dividend, divisorLow), Make(quotient, dividend, divisorHigh));
    }

    private Expression? BoundCall(Call call, bool lower)
    {
        Function function = FunctionTable.Of(call);
        ValueRange first = intervals.Of(call.First);
        if (function.Slope(call, 0, first) == Direction.Unknown)
        {
            return function.Unfolded(call, lower) is { } unfolded ? Bound(unfolded, lower) : null;
        }

        int argument = 0;
        var bounds = new List<Expression>();
        foreach (Expression operand in ExpressionTree.Children(call))
        {
            Direction slope = function.Slope(call, argument++, first);
            Expression? bound = ExpressionTree.RowFree(operand) ? operand : slope == Direction.Unknown ? null : Bound(operand, slope == Direction.Down ? !lower : lower);
            if (bound is null)
            {
                return null;
            }

            bounds.Add(bound);
        }

        Call bounded = call with { First = bounds[0], Second = bounds.ElementAtOrDefault(1), Third = bounds.ElementAtOrDefault(2) };
        return function.Accuracy == Accuracy.Library ? Widen(bounded, lower) : bounded;
    }

    /// <summary>Takes a few units in the last place off, or adds them: library functions are monotone but for their last bits.</summary>
    private static Expression Widen(Expression value, bool lower)
    {
        bool single = value.Type == IrType.Float;
        var relative = new Constant(value.Type, single ? 1e-6f : 1e-15, 0);
        var absolute = new Constant(value.Type, single ? 3e-45f : 2e-323, 0);
        var slack = new Binary(
            value.Type,
            BinaryOp.Add,
            new Binary(value.Type, BinaryOp.Multiply, new Call(value.Type, FunctionTable.Abs, value), relative),
            absolute);
        return new Binary(value.Type, lower ? BinaryOp.Subtract : BinaryOp.Add, value, slack);
    }

    /// <summary>A bound of a non-negative value may fall below zero where it is loose; two such factors would turn their product's sign.</summary>
    private Expression? NotNegative(Expression value, Expression? bound)
        => bound is null or ColumnRead || intervals.IsAge(value) || ExpressionTree.RowFree(value)
            ? bound
            : new Call(bound.Type, FunctionTable.Max, new Constant(bound.Type, 0, 0), bound);

    private static Expression? Make(Binary shape, Expression? left, Expression? right)
        => left is null || right is null ? null : shape with { Left = left, Right = right };

    private static Expression? Extreme(bool lower, Expression? left, Expression? right)
        => left is null || right is null ? null
            : left.Equals(right) ? left
            : new Call(left.Type, lower ? FunctionTable.Min : FunctionTable.Max, left, right);
}
