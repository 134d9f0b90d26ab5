using System.Linq;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Which formulas have a vector form: all lanes of one width, and only operations whose vector gives the scalar's bits.</summary>
internal static class VectorSupport
{
    /// <summary>Null where the formula has a vector form, else why it has none.</summary>
    public static string? Obstacle(Expression expression, IrType scalar)
        => ExpressionTree.All(expression).Select(part => ObstacleOf(part, scalar)).FirstOrDefault(reason => reason is not null);

    private static string? ObstacleOf(Expression part, IrType scalar)
    {
        IrType integer = scalar == IrType.Double ? IrType.Long : IrType.Int;
        if (part is Read { Kind: ReadKind.Feature, Name: "draw" } && scalar == IrType.Float)
        {
            return "draw has 64-bit lanes and the scores have 32";
        }

        if (part.Type != scalar && part.Type != integer && part.Type != IrType.Bool)
        {
            return $"the formula mixes {Word(part.Type)} with {Word(scalar)}, lanes of different widths";
        }

        return part switch
        {
            Binary { Op: BinaryOp.Divide, Type: IrType.Long or IrType.Int } => "there is no vector division of integers",
            Binary { Op: BinaryOp.Remainder } => "there is no vector remainder",
            Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } => "shifts have no vector form here",
            Call { Function: MathFunction.Sign } => "Sign has no vector form",
            Call { Function: MathFunction.Abs, Type: IrType.Long or IrType.Int } => "Abs of an integer may throw",
            Call { Function: MathFunction.Clamp } clamp when clamp.Second is not Constant || clamp.Third is not Constant
                => "Clamp throws where its limits cross, which vectors cannot",
            _ => null,
        };
    }

    private static string Word(IrType type) => type.ToString().ToLowerInvariant();
}
