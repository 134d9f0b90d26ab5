using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;
using static Squelch.Generators.Tests.Analysis.Parts;

namespace Squelch.Generators.Tests.Analysis;

/// <summary>Formulas computed on inputs, and the faults that are noted.</summary>
public sealed class EvaluatorTests
{
    [Theory]
    [InlineData("Abs", -2.5, 2.5)]
    [InlineData("Ceiling", 1.2, 2)]
    [InlineData("Exp", 1, Math.E)]
    [InlineData("Exp2", 10, 1024)]
    [InlineData("Floor", -1.2, -2)]
    [InlineData("IsNaN", 1, 0)]
    [InlineData("Log", Math.E, 1)]
    [InlineData("Log10", 1000, 3)]
    [InlineData("Log2", 0.25, -2)]
    [InlineData("Sqrt", 2.25, 1.5)]
    public void AFunctionOfOneHasDotNetsValue(string name, double value, double expected) => Assert.Equal(expected, Run(Call(name, X), value), 12);

    [Theory]
    [InlineData("Max", 2, 5, 5)]
    [InlineData("Min", 2, 5, 2)]
    [InlineData("Pow", 2, 5, 32)]
    public void AFunctionOfTwoHasDotNetsValue(string name, double x, double y, double expected) => Assert.Equal(expected, Run(Call(name, X, Y), x, y));

    /// <summary>A function that is added is tried here, or the test says so.</summary>
    [Fact]
    public void EveryFunctionIsTried()
    {
        string[] tried = ["Abs", "Ceiling", "Clamp", "Exp", "Exp2", "Floor", "IsNaN", "Log", "Log10", "Log2", "Max", "Min", "Pow", "Sign", "Sqrt"];
        Assert.Equal(tried, FunctionTable.All.Select(function => function.Name));
    }

    [Fact]
    public void ClampKeepsWithinItsLimitsAndNotesThatTheyCross()
    {
        Assert.Equal(3, Run(Call("Clamp", X, Of(1), Of(3)), 5));
        Assert.Equal([FaultKind.CrossedLimits], Faults(Call("Clamp", X, Of(3), Of(1)), 5));
    }

    [Fact]
    public void FaultsAreNotedWhereTheyBegin()
    {
        Assert.Equal([FaultKind.ZeroDivisor], Faults(Do(X, BinaryOp.Divide, Y), 1, 0));
        Assert.Equal([FaultKind.NaN], Faults(Do(Call("Log", X), BinaryOp.Add, Of(1)), -1));
        Assert.Equal([FaultKind.Overflow], Faults(Do(Call("Exp", X), BinaryOp.Multiply, Of(2)), 1000));
        Assert.Empty(Faults(Do(X, BinaryOp.Add, Y), 1, 2));
    }

    [Fact]
    public void ABranchThatIsNotTakenIsNotComputed()
        => Assert.Empty(Faults(If(Is(Y, BinaryOp.Greater, Of(0)), Do(X, BinaryOp.Divide, Y), Of(0)), 1, 0));

    [Fact]
    public void ANaNThatIsLookedForIsNoFault() => Assert.Empty(Faults(If(Call("IsNaN", Call("Log", X)), Of(0), Of(1)), -1));

    [Fact]
    public void IntegersWrapAndConversionsSaturate()
    {
        var most = new Constant(IrType.Int, 0, int.MaxValue);
        Assert.Equal(int.MinValue, Run(Do(most, BinaryOp.Add, new Constant(IrType.Int, 0, 1)), 0));
        Assert.Equal(long.MaxValue, Run(new Conversion(IrType.Long, X), 1e30));
        Assert.Equal(0, Run(new Conversion(IrType.Int, X), double.NaN));
    }

    private static double Run(Expression formula, double x, double y = 0) => new Evaluator(read => read.Equals(X) ? x : y).Run(formula);

    private static FaultKind[] Faults(Expression formula, double x, double y = 0)
    {
        var evaluator = new Evaluator(read => read.Equals(X) ? x : y);
        evaluator.Run(formula);
        return [.. evaluator.Faults.Select(fault => fault.Kind)];
    }
}
