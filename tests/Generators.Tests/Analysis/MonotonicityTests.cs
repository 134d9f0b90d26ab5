using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;
using static Squelch.Generators.Tests.Analysis.Parts;

namespace Squelch.Generators.Tests.Analysis;

/// <summary>How formulas move as one input grows; what is claimed is held against values.</summary>
public sealed class MonotonicityTests
{
    private static readonly IntervalAnalysis s_positive = new(_ => new ValueRange(0.1, 100));

    [Fact]
    public void SumsAndProductsFollowTheirParts()
    {
        Assert.Equal(Direction.Up, Moves(Do(X, BinaryOp.Add, Y)));
        Assert.Equal(Direction.Down, Moves(Do(Y, BinaryOp.Subtract, X)));
        Assert.Equal(Direction.Up, Moves(Do(X, BinaryOp.Multiply, Y)));
        Assert.Equal(Direction.Down, Moves(Do(Y, BinaryOp.Divide, X)));
        Assert.Equal(Direction.Constant, Moves(Y));
        Assert.Equal(Direction.Unknown, Moves(Do(X, BinaryOp.Subtract, Do(X, BinaryOp.Multiply, X))));
    }

    [Fact]
    public void ANegativeFactorTurnsTheDirection() => Assert.Equal(Direction.Down, Moves(Do(X, BinaryOp.Multiply, Of(-2))));

    [Fact]
    public void APowerMovesByTheSignOfItsExponent()
    {
        Assert.Equal(Direction.Up, Moves(Call("Pow", X, Of(0.5))));
        Assert.Equal(Direction.Down, Moves(Call("Pow", X, Of(-1))));
        Assert.Equal(Direction.Unknown, Moves(Call("Pow", Of(2), X)));
    }

    /// <summary>The last bits of a library need not be monotone, so no plan may rely on them.</summary>
    [Fact]
    public void ALibraryIsNotTakenAtItsWordWhereBitsCount()
    {
        var column = new ColumnRead(IrType.Double, 0, ColumnSide.Value);
        Assert.Equal(Direction.Up, Monotonicity.InColumn(s_positive, 0, Call("Sqrt", column)));
        Assert.Equal(Direction.Unknown, Monotonicity.InColumn(s_positive, 0, Call("Exp", column)));
    }

    public static TheoryData<string> Functions => [.. FunctionTable.All.Where(function => function.Name is not "Sign").Select(function => function.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void WhatAFunctionClaimsHolds(string name)
    {
        Expression formula = FunctionTable.Named(name)!.Arity switch
        {
            1 => Call(name, X),
            2 => Call(name, X, Of(3)),
            _ => Call(name, X, Of(1), Of(30)),
        };
        Direction direction = Moves(formula);
        double before = double.NaN;
        for (double x = 0.1; x < 100; x += 0.37)
        {
            double value = new Evaluator(_ => x).Run(formula);
            Assert.True(double.IsNaN(before) || direction switch
            {
                Direction.Up => value >= before,
                Direction.Down => value <= before,
                Direction.Constant => value == before,
                _ => true,
            });
            before = value;
        }
    }

    private static Direction Moves(Expression formula) => Monotonicity.InInput(s_positive, ReadKind.Feature, X.Name, formula);
}
