using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <content>Sums, products, quotients and remainders.</content>
internal sealed partial class IntervalAnalysis
{
    private ValueRange OfArithmetic(Binary binary)
    {
        ValueRange left = Of(binary.Left);
        ValueRange right = Of(binary.Right);
        ValueRange result = binary.Op switch
        {
            BinaryOp.Add => new(Sum(left.Low, right.Low, double.NegativeInfinity), Sum(left.High, right.High, double.PositiveInfinity), Opposes(left, right)),
            BinaryOp.Subtract => Difference(binary, left, right),
            BinaryOp.Multiply => Product(binary, left, right),
            BinaryOp.Divide => Quotient(binary, left, right),
            BinaryOp.Remainder => Remainder(binary, left, right),
            _ => ValueRange.Any,
        };
        result = result with { MayBeNaN = result.MayBeNaN || left.MayBeNaN || right.MayBeNaN };
        return binary.Type switch
        {
            IrType.Float => new((float)result.Low, (float)result.High, result.MayBeNaN),
            IrType.Long => result.Magnitude < LongLimit ? result with { MayBeNaN = false } : new(long.MinValue, long.MaxValue),
            IrType.Int => result.Low >= int.MinValue && result.High <= int.MaxValue ? result with { MayBeNaN = false } : new(int.MinValue, int.MaxValue),
            _ => result,
        };
    }

    private static double Sum(double left, double right, double otherwise)
    {
        double sum = left + right;
        return double.IsNaN(sum) ? otherwise : sum;
    }

    /// <summary>Infinities of opposite signs may meet.</summary>
    private static bool Opposes(ValueRange left, ValueRange right)
        => (double.IsPositiveInfinity(left.High) && double.IsNegativeInfinity(right.Low)) || (double.IsNegativeInfinity(left.Low) && double.IsPositiveInfinity(right.High));

    private ValueRange Difference(Binary binary, ValueRange left, ValueRange right)
    {
        ValueRange negated = right.Negate();
        bool nan = Opposes(left, negated);
        if (binary.Left.Equals(binary.Right))
        {
            return new(0, 0, left.MayBeInfinite || left.MayBeNaN);
        }

        double low = Sum(left.Low, negated.Low, double.NegativeInfinity);
        double high = Sum(left.High, negated.High, double.PositiveInfinity);
        return AtMost(binary.Right, binary.Left) ? new(Math.Max(0, low), high, nan)
            : AtMost(binary.Left, binary.Right) ? new(low, Math.Min(0, high), nan)
            : new(low, high, nan);
    }

    private static ValueRange Product(Binary binary, ValueRange left, ValueRange right)
    {
        bool nan = (left.Contains(0) && right.MayBeInfinite) || (right.Contains(0) && left.MayBeInfinite);
        ValueRange corners = ValueRange.Corners(left, right, (a, b) => a == 0 || b == 0 ? 0 : a * b);
        return binary.Left.Equals(binary.Right)
            ? new(left.Contains(0) ? 0 : Math.Min(left.Low * left.Low, left.High * left.High), corners.High, false)
            : corners with { MayBeNaN = nan };
    }

    private ValueRange Quotient(Binary binary, ValueRange left, ValueRange right)
    {
        bool whole = binary.Type is IrType.Long or IrType.Int;
        if (right.Contains(0))
        {
            Suspects?.Add(binary);
            bool nan = !whole && (left.Contains(0) || (left.MayBeInfinite && right.MayBeInfinite));
            return right.NonNegative
                ? ValueRange.Corners(left, right, (a, b) => a == 0 || (double.IsInfinity(a) && double.IsInfinity(b)) ? 0 : a / Math.Abs(b)) with { MayBeNaN = nan }
                : ValueRange.Any with { MayBeNaN = nan };
        }

        if (binary.Left.Equals(binary.Right))
        {
            return new(1, 1, left.MayBeInfinite);
        }

        if (!whole && left.NonNegative && AtMost(binary.Left, binary.Right))
        {
            return new(0, 1, right.MayBeInfinite);
        }

        ValueRange quotient = ValueRange.Corners(left, right, (a, b) => double.IsInfinity(a) && double.IsInfinity(b) ? (a > 0 == b > 0 ? 0 : -0.0) : a / b)
            with { MayBeNaN = left.MayBeInfinite && right.MayBeInfinite };
        return whole ? new(Math.Truncate(quotient.Low), Math.Truncate(quotient.High)) : quotient;
    }

    private ValueRange Remainder(Binary binary, ValueRange left, ValueRange right)
    {
        if (right.Contains(0))
        {
            Suspects?.Add(binary);
        }

        double limit = Math.Min(right.Magnitude, left.Magnitude);
        return new(left.NonNegative ? 0 : -limit, left.NonPositive ? 0 : limit, right.Contains(0) || left.MayBeInfinite);
    }
}
