using Squelch.Generators.Functions;
using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>
/// Formulas as C# over Squelch.GpuScoring.CompilerServices.Enclosure: parts that devices compute exactly stay numbers, the others are pairs of bounds, and what
/// is asked of those has three answers.
/// </summary>
internal sealed class EnclosureText(DeviceText exact, Func<Expression, string?> part)
{
    private const string Enclosure = "global::Squelch.GpuScoring.CompilerServices.Enclosure.";

    public string Of(Expression expression)
    {
        if (!DeviceSupport.IsInexact(expression))
        {
            return expression.Type == IrType.Bool ? $"({exact.Of(expression)} ? 1 : 0)" : $"{Enclosure}Of({exact.Of(expression)})";
        }

        if (part(expression) is { } shared)
        {
            return shared;
        }

        switch (expression)
        {
            case Unary { Op: UnaryOp.Negate } unary:
                return $"{Enclosure}Negate({Of(unary.Operand)})";
            case Unary { Op: UnaryOp.Not } unary:
                return $"{Enclosure}Not({Of(unary.Operand)})";
            case Binary binary:
                return OfBinary(binary);
            case Choice choice:
                return $"{Enclosure}Choose({Of(choice.Condition)}, {Of(choice.WhenTrue)}, {Of(choice.WhenFalse)})";
            case Conversion conversion:
                return conversion is { Type: IrType.Float, Operand.Type: not IrType.Float } ? $"{Enclosure}Single({Of(conversion.Operand)})" : Of(conversion.Operand);
            case Call call:
                return OfCall(call);
            default:
                throw new InvalidOperationException($"No enclosure of {expression}.");
        }
    }

    private string OfBinary(Binary binary)
    {
        string left = Of(binary.Left);
        string right = Of(binary.Right);
        switch (binary.Op)
        {
            case BinaryOp.Less:
                return $"{Enclosure}Less({left}, {right})";
            case BinaryOp.LessOrEqual:
                return $"{Enclosure}LessOrEqual({left}, {right})";
            case BinaryOp.Greater:
                return $"{Enclosure}Less({right}, {left})";
            case BinaryOp.GreaterOrEqual:
                return $"{Enclosure}LessOrEqual({right}, {left})";
            case BinaryOp.Equal when binary.Left.Type != IrType.Bool:
                return $"{Enclosure}Equal({left}, {right})";
            case BinaryOp.NotEqual when binary.Left.Type != IrType.Bool:
                return $"{Enclosure}Not({Enclosure}Equal({left}, {right}))";
            case BinaryOp.Equal:
                return $"{Enclosure}Not({Enclosure}Xor({left}, {right}))";
            case BinaryOp.NotEqual:
                return $"{Enclosure}Xor({left}, {right})";
            default:
                string text = $"{Enclosure}{binary.Op}({left}, {right})";
                return binary.Type == IrType.Float ? $"{Enclosure}Single({text})" : text;
        }
    }

    private string OfCall(Call call)
    {
        string arguments = Of(call.First)
            + (call.Second is null ? "" : ", " + Of(call.Second))
            + (call.Third is null ? "" : ", " + Of(call.Third));
        string text = $"{Enclosure}{call.Function}({arguments})";
        return (call.Type == IrType.Float, FunctionTable.Of(call).Accuracy) switch
        {
            (true, Accuracy.Library) => $"{Enclosure}SingleFunction({text})",
            (true, Accuracy.Rounded) => $"{Enclosure}Single({text})",
            _ => text,
        };
    }
}
