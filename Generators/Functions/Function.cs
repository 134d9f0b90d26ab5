using Squelch.Generators.Ir;

namespace Squelch.Generators.Functions;

/// <summary>How the bits of a function's result compare with those of other machines and widths.</summary>
internal enum Accuracy
{
    /// <summary>One of the arguments, its negative, or a whole number near it: nothing is rounded.</summary>
    Exact,

    /// <summary>Rounded once, as IEEE 754 asks, so the same everywhere.</summary>
    Rounded,

    /// <summary>A library's: the last bits differ from one library to the next, and the function is monotone but for them.</summary>
    Library,
}

/// <summary>What units a function takes and gives.</summary>
internal enum UnitRule
{
    /// <summary>One unit for all arguments and the result.</summary>
    Same,

    /// <summary>The root of the argument's unit.</summary>
    Root,

    /// <summary>A bare number of a bare number.</summary>
    Bare,

    /// <summary>The first argument's unit, to the second, a bare number.</summary>
    Power,

    /// <summary>A bare number of any unit.</summary>
    Answer,
}

/// <summary>
/// One function of the policy language: everything that the front end, the analyses, the plans and the writers ask about it. Each subclass is a
/// function, found by <see cref="FunctionTable"/>; what a function does not say refuses, or says that nothing is known.
/// </summary>
/// <param name="name">Its name in .NET; a device computes it by the method of this name in DeviceMath or, where only bounds are known, in Enclosure.</param>
/// <param name="arity">How many arguments it takes, 1 to 3.</param>
/// <param name="accuracy">How exact its result is.</param>
/// <param name="units">What units it takes and gives.</param>
internal abstract class Function(string name, int arity, Accuracy accuracy, UnitRule units)
{
    public string Name => name;

    public int Arity => arity;

    public Accuracy Accuracy => accuracy;

    public UnitRule Units => units;

    /// <summary>As an author writes it.</summary>
    public virtual string Display => "Math." + name;

    /// <summary>Its result is one of its arguments or the negative of one.</summary>
    public virtual bool Selects => false;

    /// <summary>Its result is a whole number.</summary>
    public virtual bool IsWhole => false;

    /// <summary>It throws where its second argument is above its third.</summary>
    public virtual bool OrdersLimits => false;

    /// <summary>It is infinite, or turns to NaN, where its first argument goes through zero.</summary>
    public virtual bool BreaksAtZero => false;

    /// <summary>The formula that a call stands for.</summary>
    public virtual Expression Lower(IrType type, Expression[] arguments)
        => new Call(type, name, arguments[0], arguments.ElementAtOrDefault(1), arguments.ElementAtOrDefault(2));

    /// <summary>Its value for numbers, as .NET computes it.</summary>
    public abstract double Compute(double first, double second, double third);

    /// <summary>Its value for integers.</summary>
    public virtual long Compute(long first, long second, long third) => throw new InvalidOperationException($"{name} is computed of real numbers alone.");

    /// <summary>The values it has for arguments in these ranges; NaN that comes from an argument is added by the analysis.</summary>
    public abstract ValueRange Range(Call call, ValueRange first, ValueRange second, ValueRange third);

    /// <summary>How its result moves as one argument grows and the others stay, the last bits of a library apart.</summary>
    /// <param name="first">The range of the first argument.</param>
    public virtual Direction Slope(Call call, int argument, ValueRange first) => Direction.Unknown;

    /// <summary>A formula of the same bound that is monotone in its parts, where the function itself is not; null where there is none.</summary>
    public virtual Expression? Unfolded(Call call, bool lower) => null;

    /// <summary>What the same call is written as where it must not throw.</summary>
    public virtual Expression Total(Call call) => call;

    /// <summary>What the first argument can be clamped to, as C#, so that a fault cannot happen; null where a limit does not help.</summary>
    /// <param name="overflows">The fault is an infinity; NaN otherwise.</param>
    /// <param name="single">Of single precision.</param>
    /// <param name="whole">The argument has whole values alone.</param>
    public virtual (string? Least, string? Most) Domain(bool overflows, bool single, bool whole) => (null, null);

    /// <summary>The call as scalar C#, without its arguments.</summary>
    /// <param name="system">Stands before the types of System.</param>
    public virtual string Scalar(IrType type, string system) => system + (type == IrType.Float ? "MathF." : "Math.") + name;

    /// <summary>Null where a call has a vector form, else why it has none.</summary>
    public virtual Obstacle? VectorObstacle(Call call) => null;

    /// <summary>The call over vectors, as C#; a library's goes through LaneFunctions instead, by its name.</summary>
    /// <param name="lanes">The vector type, whose static members are the functions.</param>
    /// <param name="suffix">Ends the names of its functions over whole numbers.</param>
    public virtual string Vector(string lanes, string suffix, Call call, string[] arguments) => $"{lanes}.{name}{suffix}({string.Join(", ", arguments)})";
}
