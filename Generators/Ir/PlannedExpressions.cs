namespace Squelch.Generators.Ir;

/// <summary>Which number of a column is read: a row's, or a bound over a block of rows.</summary>
internal enum ColumnSide { Value, Low, High }

/// <summary>A read of a stored column, put in place of a time-free subtree.</summary>
internal sealed record ColumnRead(IrType Type, int Column, ColumnSide Side) : Expression(Type);

/// <summary>What a reuse table says of a node.</summary>
/// <param name="Measure">The feature.</param>
internal sealed record ReuseRead(IrType Type, string Measure, Expression Class, Expression Age) : Expression(Type);

/// <summary>The least or greatest that a reuse table says of a block of nodes.</summary>
internal sealed record ReuseBound(IrType Type, string Measure, bool Least, Expression LeastClass, Expression MostClass, Expression LeastAge, Expression MostAge) : Expression(Type);

/// <summary>A term scaled to its extremes over the candidates.</summary>
internal sealed record Normalized(IrType Type, int Term, Expression Operand) : Expression(Type);
