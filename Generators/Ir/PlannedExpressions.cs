namespace Squelch.Generators.Ir;

/// <summary>Which number of a column is read: a row's, or a bound over a block of rows.</summary>
internal enum ColumnSide { Value, Low, High }

/// <summary>A read of a stored column, put in place of a time-free subtree.</summary>
internal sealed record ColumnRead(IrType Type, int Column, ColumnSide Side) : Expression(Type);

/// <summary>A term scaled to its extremes over the candidates.</summary>
internal sealed record Normalized(IrType Type, int Term, Expression Operand) : Expression(Type);
