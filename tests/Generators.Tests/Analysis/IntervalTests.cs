using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;
using static Squelch.Generators.Tests.Analysis.Parts;

namespace Squelch.Generators.Tests.Analysis;

/// <summary>Limits of formulas: right at the corners, and never narrower than what formulas give.</summary>
public sealed class IntervalTests
{
    [Fact]
    public void ArithmeticTakesTheCorners()
    {
        Assert.Equal(new ValueRange(-3, 12), In(new(-2, 3), new(-1, 9), Do(X, BinaryOp.Add, Y)));
        Assert.Equal(new ValueRange(-11, 4), In(new(-2, 3), new(-1, 9), Do(X, BinaryOp.Subtract, Y)));
        Assert.Equal(new ValueRange(-18, 27), In(new(-2, 3), new(-1, 9), Do(X, BinaryOp.Multiply, Y)));
        Assert.Equal(new ValueRange(-2, 3), In(new(-2, 3), new(1, 9), Do(X, BinaryOp.Divide, Y)));
    }

    [Fact]
    public void WhatIsEqualToItselfIsKnownBetter()
    {
        Assert.Equal(new ValueRange(0, 0), In(new(-2, 3), default, Do(X, BinaryOp.Subtract, X)));
        Assert.Equal(new ValueRange(0, 9), In(new(-2, 3), default, Do(X, BinaryOp.Multiply, X)));
        Assert.Equal(new ValueRange(1, 1), In(new(2, 3), default, Do(X, BinaryOp.Divide, X)));
    }

    [Fact]
    public void ADivisorThatMayBeZeroMayGiveNaNAndInfinity()
    {
        ValueRange range = In(new(0, 3), new(0, 9), Do(X, BinaryOp.Divide, Y));
        Assert.True(range.MayBeNaN && range.MayBeInfinite);
        Assert.False(In(new(1, 3), new(0, 9), Do(X, BinaryOp.Divide, Y)).MayBeNaN);
    }

    [Fact]
    public void ABranchIsReachedUnderItsCondition()
    {
        Expression guarded = If(Is(Y, BinaryOp.Greater, Of(0)), Do(X, BinaryOp.Divide, Y), Of(-1));
        Assert.False(In(new(1, 3), new(0, 9), guarded).MayBeNaN);
        Assert.Equal(-1, In(new(1, 3), new(0, 9), guarded).Low);
        Assert.Equal(new ValueRange(5, 5), In(new(1, 3), new(0, 9), If(Is(X, BinaryOp.LessOrEqual, Of(3)), Of(5), Of(7))));
    }

    [Fact]
    public void ANumberThatIsAskedForIsANumberAfterwards()
        => Assert.False(In(new(1, 3, MayBeNaN: true), default, If(Call("IsNaN", X), Of(0), X)).MayBeNaN);

    public static TheoryData<string> Functions => [.. FunctionTable.All.Where(function => function.Name is not "Sign").Select(function => function.Name)];

    /// <summary>No value of a function lies outside of its range, over ranges on both sides of zero and of one.</summary>
    [Theory]
    [MemberData(nameof(Functions))]
    public void AFunctionKeepsToItsRange(string name)
    {
        Function function = FunctionTable.Named(name)!;
        double[] ends = [-1e300, -700, -2.5, -1, -0.5, 0, 0.3, 1, 2, 3.7, 650, 1e300];
        foreach (double low in ends)
        {
            foreach (double high in ends.Where(end => end >= low))
            {
                Expression formula = function.Arity switch
                {
                    1 => Call(name, X),
                    2 => Call(name, X, Of(2)),
                    _ => Call(name, X, Of(-1), Of(2)),
                };
                ValueRange range = In(new(low, high), default, formula);
                foreach (double value in (double[])[low, high, low + ((high - low) / 2), Math.Clamp(0, low, high), Math.Clamp(1, low, high)])
                {
                    double result = new Evaluator(_ => value).Run(formula);
                    Assert.True(double.IsNaN(result) ? range.MayBeNaN : range.Contains(result), $"{name}({value}) = {result}, not in {range}");
                }
            }
        }
    }

    private static ValueRange In(ValueRange x, ValueRange y, Expression formula)
        => new IntervalAnalysis(leaf => leaf.Equals(X) ? x : y).Of(formula);
}
