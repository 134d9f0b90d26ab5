using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Formulas as scalar C#.</summary>
internal static class ScalarText
{
    private const int Primary = 100;
    private const int Prefix = 90;

    /// <summary>The text of an expression.</summary>
    /// <param name="leaf">Writes its inputs, and parts that have a name.</param>
    /// <param name="system">Stands before the types of System.</param>
    public static string Of(Expression expression, Func<Expression, string?> leaf, string system = "global::System.") => Write(expression, leaf, system, 0);

    public static string Type(IrType type) => type.ToString().ToLowerInvariant();

    private static string Write(Expression expression, Func<Expression, string?> leaf, string system, int outer)
    {
        (string text, int precedence) = Write(expression, leaf, system);
        return precedence < outer ? "(" + text + ")" : text;
    }

    private static (string Text, int Precedence) Write(Expression expression, Func<Expression, string?> leaf, string system)
    {
        string Inner(Expression operand, int outer) => Write(operand, leaf, system, outer);
        if (expression is not Constant && !HasChildren(expression))
        {
            return (leaf(expression) ?? throw new InvalidOperationException($"No text for {expression}."), Primary);
        }

        if (leaf(expression) is { } shared && expression is not Constant)
        {
            return (shared, Primary);
        }

        switch (expression)
        {
            case Constant constant:
                string literal = Literals.Of(constant);
                return (literal, literal[0] == '-' ? Prefix : Primary);
            case Unary unary:
                string sign = unary.Op switch { UnaryOp.Negate => "-", UnaryOp.Not => "!", _ => "~" };
                return (sign + Inner(unary.Operand, Prefix + 1), Prefix);
            case Conversion conversion:
                return ($"({Type(conversion.Type)}){Inner(conversion.Operand, Prefix + 1)}", Prefix);
            case Binary binary:
                (string symbol, int precedence) = Operator(binary);
                return ($"{Inner(binary.Left, precedence)} {symbol} {Inner(binary.Right, precedence + 1)}", precedence);
            case Choice choice:
                return ($"{Inner(choice.Condition, 2)} ? {Inner(choice.WhenTrue, 2)} : {Inner(choice.WhenFalse, 2)}", 1);
            case Call call:
                string arguments = Inner(call.First, 0)
                    + (call.Second is null ? "" : ", " + Inner(call.Second, 0))
                    + (call.Third is null ? "" : ", " + Inner(call.Third, 0));
                return ($"{FunctionTable.Of(call).Scalar(call.First.Type, system)}({arguments})", Primary);
            case Normalized normalized:
                return ($"scale{normalized.Term}.Normalize({Inner(normalized.Operand, 0)})", Primary);
            default:
                throw new InvalidOperationException($"No text for {expression}.");
        }
    }

    private static bool HasChildren(Expression expression)
        => expression is Unary or Binary or Choice or Call or Conversion or Normalized;

    private static (string Symbol, int Precedence) Operator(Binary binary) => binary.Op switch
    {
        // The right side may throw where the left does not hold: a division of integers.
        BinaryOp.And when binary.Type == IrType.Bool => ("&&", 8),
        BinaryOp.Or when binary.Type == IrType.Bool => ("||", 6),
        BinaryOp.Multiply => ("*", 80),
        BinaryOp.Divide => ("/", 80),
        BinaryOp.Remainder => ("%", 80),
        BinaryOp.Add => ("+", 70),
        BinaryOp.Subtract => ("-", 70),
        BinaryOp.ShiftLeft => ("<<", 60),
        BinaryOp.ShiftRight => (">>", 60),
        BinaryOp.Less => ("<", 50),
        BinaryOp.LessOrEqual => ("<=", 50),
        BinaryOp.Greater => (">", 50),
        BinaryOp.GreaterOrEqual => (">=", 50),
        BinaryOp.Equal => ("==", 40),
        BinaryOp.NotEqual => ("!=", 40),
        BinaryOp.And => ("&", 30),
        BinaryOp.Xor => ("^", 20),
        _ => ("|", 10),
    };
}
