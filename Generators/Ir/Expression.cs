namespace Squelch.Generators.Ir;

/// <summary>Types of the policy language.</summary>
internal enum IrType { Double, Float, Long, Int, Bool }

/// <summary>Where a name of a formula gets its value.</summary>
internal enum ReadKind
{
    /// <summary>A built-in feature of the node ("now" included).</summary>
    Feature,

    /// <summary>A feature of the author's own (a [Feature] method).</summary>
    CustomFeature,

    /// <summary>A feature of the deepest node that was there before, in [OnInsert] methods; its name is the feature's behind <c>parent</c>.</summary>
    Parent,

    /// <summary>A [Tunable].</summary>
    Tunable,

    /// <summary>A [PolicyState].</summary>
    State,

    /// <summary>The victim's score, in [OnEvict] methods.</summary>
    VictimScore,
}

internal enum UnaryOp { Negate, Not, Complement }

internal enum BinaryOp
{
    Add, Subtract, Multiply, Divide, Remainder,
    And, Or, Xor, ShiftLeft, ShiftRight,
    Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual,
}

/// <summary>
/// A formula as a tree of immutable, structurally equal records. Locals and calls of the policy's own methods are substituted away;
/// implicit conversions are explicit. Equal subtrees are one value: writers may share them.
/// </summary>
internal abstract record Expression(IrType Type);

/// <summary>Bits of a constant: a double's or float's value in <paramref name="Number"/>, an integer's or bool's (0/1) in <paramref name="Integer"/>.</summary>
internal sealed record Constant(IrType Type, double Number, long Integer) : Expression(Type)
{
    // NaN and -0.0 must compare by bits, else caching and sharing go wrong.
    public bool Equals(Constant? other)
        => other is not null && Type == other.Type && Integer == other.Integer
           && BitConverter.DoubleToInt64Bits(Number) == BitConverter.DoubleToInt64Bits(other.Number);

    public override int GetHashCode() => unchecked(((int)Type * 397) ^ Integer.GetHashCode() ^ BitConverter.DoubleToInt64Bits(Number).GetHashCode());
}

/// <summary>A named input. Features and states hold doubles (floats under Precision.Single); a parameter of another type reads through a <see cref="Conversion"/>.</summary>
internal sealed record Read(IrType Type, ReadKind Kind, string Name) : Expression(Type)
{
    /// <summary>What the name of a <see cref="ReadKind.Parent"/> begins with.</summary>
    public const string ParentPrefix = "parent";

    /// <summary>The same feature of the node itself.</summary>
    public Read OwnOfParent()
    {
        string own = Names.Camel(Name.Substring(ParentPrefix.Length));
        return new(Type, FeatureTable.Has(own) ? ReadKind.Feature : ReadKind.CustomFeature, own);
    }
}

internal sealed record Unary(IrType Type, UnaryOp Op, Expression Operand) : Expression(Type);

/// <summary>Operands have one type; comparisons give Bool. On Bool, And/Or/Xor are logical (formulas are pure, so &amp;&amp; is &amp;).</summary>
internal sealed record Binary(IrType Type, BinaryOp Op, Expression Left, Expression Right) : Expression(Type);

internal sealed record Choice(IrType Type, Expression Condition, Expression WhenTrue, Expression WhenFalse) : Expression(Type);

/// <summary>A call of a function; unused arguments are null.</summary>
/// <param name="Function">Its name in the function table.</param>
internal sealed record Call(IrType Type, string Function, Expression First, Expression? Second = null, Expression? Third = null) : Expression(Type);

internal sealed record Conversion(IrType Type, Expression Operand) : Expression(Type);
