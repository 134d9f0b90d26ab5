using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>A function that gives the lesser or the greater of two.</summary>
internal abstract class Extreme(string name) : Function(name, 2, Accuracy.Exact, UnitRule.Same)
{
    public override bool Selects => true;

    /// <summary>A constant goes in as a number: compilers then know that it is none of the cases that make Min and Max slow.</summary>
    public override string Vector(string lanes, string suffix, Call call, string[] arguments)
        => suffix.Length > 0 ? base.Vector(lanes, suffix, call, arguments)
            : call.Second is Constant second ? $"{lanes}.{Name}({arguments[0]}, {Literals.Of(second)})"
            : call.First is Constant first ? $"{lanes}.{Name}({arguments[1]}, {Literals.Of(first)})"
            : base.Vector(lanes, suffix, call, arguments);

    public override Direction Slope(Call call, int argument, ValueRange first) => Direction.Up;
}

internal sealed class Min() : Extreme(FunctionTable.Min)
{
    public override double Compute(double first, double second, double third) => Math.Min(first, second);

    public override long Compute(long first, long second, long third) => Math.Min(first, second);

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => new(Math.Min(first.Low, second.Low), Math.Min(first.High, second.High));
}

internal sealed class Max() : Extreme(FunctionTable.Max)
{
    public override double Compute(double first, double second, double third) => Math.Max(first, second);

    public override long Compute(long first, long second, long third) => Math.Max(first, second);

    public override ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third)
        => new(Math.Max(first.Low, second.Low), Math.Max(first.High, second.High));
}
