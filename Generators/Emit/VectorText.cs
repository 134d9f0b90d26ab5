using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Formulas as C# over vectors of one width; lanes of a Bool are masks of the width of the scores.</summary>
internal sealed class VectorText(int width, IrType scalar, Func<Expression, string?> leaf)
{
    private string Vector => $"Vector{width}";

    public string Of(Expression expression)
    {
        if (leaf(expression) is { } shared)
        {
            return shared;
        }

        switch (expression)
        {
            case Constant { Type: IrType.Bool } constant:
                return constant.Integer != 0 ? $"{Vector}<{ScalarText.Type(scalar)}>.AllBitsSet" : $"{Vector}<{ScalarText.Type(scalar)}>.Zero";
            case Constant constant:
                return $"{Vector}.Create({Literals.Of(constant)})";
            case Unary { Op: UnaryOp.Negate } unary:
                return $"(-{Of(unary.Operand)})";
            case Unary unary:
                return $"(~{Of(unary.Operand)})";
            case Conversion conversion:
                return OfConversion(conversion);
            case Binary binary:
                return OfBinary(binary);
            case Choice choice:
                string mask = Of(choice.Condition);
                if (choice.Type is IrType.Long or IrType.Int)
                {
                    mask += choice.Type == IrType.Long ? ".AsInt64()" : ".AsInt32()";
                }

                return $"{Vector}.ConditionalSelect({mask}, {Of(choice.WhenTrue)}, {Of(choice.WhenFalse)})";
            case Call call:
                return OfCall(call);
            case Normalized normalized:
                return $"_scale{normalized.Term}.Normalize({Of(normalized.Operand)})";
            default:
                throw new InvalidOperationException($"No vector form of {expression}.");
        }
    }

    private string OfBinary(Binary binary)
    {
        string left = Of(binary.Left);
        string right = Of(binary.Right);
        string? comparison = binary.Op switch
        {
            BinaryOp.Less => "LessThan",
            BinaryOp.LessOrEqual => "LessThanOrEqual",
            BinaryOp.Greater => "GreaterThan",
            BinaryOp.GreaterOrEqual => "GreaterThanOrEqual",
            BinaryOp.Equal or BinaryOp.NotEqual => "Equals",
            _ => null,
        };
        if (comparison is null || binary.Left.Type == IrType.Bool)
        {
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

        string mask = $"{Vector}.{comparison}({left}, {right})";
        if (binary.Left.Type != scalar)
        {
            mask += scalar == IrType.Double ? ".AsDouble()" : ".AsSingle()";
        }

        return binary.Op == BinaryOp.NotEqual ? $"(~{mask})" : mask;
    }

    private string OfConversion(Conversion conversion)
    {
        string operand = Of(conversion.Operand);
        if (conversion.Type == conversion.Operand.Type)
        {
            return operand;
        }

        string function = conversion.Type switch
        {
            IrType.Double => "ConvertToDouble",
            IrType.Float => "ConvertToSingle",
            IrType.Long => "ConvertToInt64",
            _ => "ConvertToInt32",
        };
        return $"{Vector}.{function}({operand})";
    }

    private string OfCall(Call call)
    {
        Function function = FunctionTable.Of(call);
        string[] arguments = [.. ExpressionTree.Children(call).Select(Of)];
        return function.Vector(function.Accuracy == Accuracy.Library ? "global::Squelch.Lanes" : Vector, arguments);
    }
}
