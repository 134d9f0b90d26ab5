using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>
/// Formulas as C# over vectors of any width, the type parameter V: Squelch.CompilerServices.ILanes. Lanes of a Bool are masks; whole numbers lie in the
/// lanes of the scores.
/// </summary>
internal sealed class VectorText(IrType scalar, Func<Expression, string?> leaf)
{
    /// <summary>Of any width, what it works on.</summary>
    public const string Lanes = "V";

    /// <summary>The class with what is no operation of a vector.</summary>
    public const string Functions = "global::Squelch.CompilerServices.LaneFunctions";

    private static bool IsWhole(IrType type) => type is IrType.Long or IrType.Int;

    public string Of(Expression expression)
    {
        if (leaf(expression) is { } shared)
        {
            return shared;
        }

        switch (expression)
        {
            case Constant { Type: IrType.Bool } constant:
                return constant.Integer != 0 ? $"{Lanes}.True" : $"{Lanes}.False";
            case Constant constant:
                return $"{Lanes}.Create{(IsWhole(constant.Type) ? "Whole" : "")}({Literals.Of(constant)})";
            case Unary { Op: UnaryOp.Negate } unary:
                return IsWhole(unary.Type) ? $"{Lanes}.NegateWhole({Of(unary.Operand)})" : $"(-{Of(unary.Operand)})";
            case Unary unary:
                return $"(~{Of(unary.Operand)})";
            case Conversion conversion:
                return OfConversion(conversion);
            case Binary binary:
                return OfBinary(binary);
            case Choice choice:
                return $"{Lanes}.ConditionalSelect({Of(choice.Condition)}, {Of(choice.WhenTrue)}, {Of(choice.WhenFalse)})";
            case Call call:
                return OfCall(call);
            case Normalized normalized:
                throw new InvalidOperationException("A scaled term is a leaf.");
            default:
                throw new InvalidOperationException($"No vector form of {expression}.");
        }
    }

    private string OfBinary(Binary binary)
    {
        string left = Of(binary.Left);
        string right = Of(binary.Right);
        string suffix = IsWhole(binary.Left.Type) ? "Whole" : "";
        string? method = binary.Op switch
        {
            BinaryOp.Less => "LessThan",
            BinaryOp.LessOrEqual => "LessThanOrEqual",
            BinaryOp.Greater => "GreaterThan",
            BinaryOp.GreaterOrEqual => "GreaterThanOrEqual",
            BinaryOp.Equal or BinaryOp.NotEqual when binary.Left.Type != IrType.Bool => "Equals",
            BinaryOp.Add when suffix.Length > 0 => "Add",
            BinaryOp.Subtract when suffix.Length > 0 => "Subtract",
            BinaryOp.Multiply when suffix.Length > 0 => "Multiply",
            _ => null,
        };
        if (method is not null)
        {
            string text = $"{Lanes}.{method}{suffix}({left}, {right})";
            return binary.Op == BinaryOp.NotEqual ? $"(~{text})" : text;
        }

        string symbol = binary.Op switch
        {
            BinaryOp.Add => "+",
            BinaryOp.Subtract => "-",
            BinaryOp.Multiply => "*",
            BinaryOp.Divide => "/",
            BinaryOp.And => "&",
            BinaryOp.Or => "|",
            BinaryOp.Xor or BinaryOp.NotEqual => "^",
            BinaryOp.Equal => "^ ~",
            _ => throw new InvalidOperationException($"No vector form of {binary.Op}."),
        };
        return $"({left} {symbol}{(symbol.EndsWith("~", StringComparison.Ordinal) ? "" : " ")}{right})";
    }

    private string OfConversion(Conversion conversion)
    {
        string operand = Of(conversion.Operand);
        bool whole = IsWhole(conversion.Type);
        return whole == IsWhole(conversion.Operand.Type) ? operand
            : whole ? $"{Lanes}.ToWhole({operand})"
            : $"{Lanes}.FromWhole({operand})";
    }

    private string OfCall(Call call)
    {
        Function function = FunctionTable.Of(call);
        string[] arguments = [.. ExpressionTree.Children(call).Select(Of)];
        return function.Accuracy == Accuracy.Library
            ? $"{Functions}.{function.Name}<{Lanes}, {ScalarText.Type(scalar)}>({string.Join(", ", arguments)})"
            : function.Vector(Lanes, IsWhole(call.First.Type) ? "Whole" : "", call, arguments);
    }
}
