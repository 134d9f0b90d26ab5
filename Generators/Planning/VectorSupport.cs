using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>Which formulas have a vector form: all lanes of one width, and only operations whose vector gives the scalar's bits.</summary>
internal static class VectorSupport
{
    /// <summary>Null where the formula has a vector form, else why it has none.</summary>
    public static Obstacle? Obstacle(Expression expression, IrType scalar)
        => ExpressionTree.All(expression).Select(part => ObstacleOf(part, scalar)).FirstOrDefault(reason => reason is not null);

    private static Obstacle? ObstacleOf(Expression part, IrType scalar)
    {
        IrType integer = scalar == IrType.Double ? IrType.Long : IrType.Int;
        if (part is Read { Kind: ReadKind.Feature, Name: "draw" } && scalar == IrType.Float)
        {
            return new("draw has 64-bit lanes and the scores have 32", null);
        }

        if (part.Type != scalar && part.Type != integer && part.Type != IrType.Bool)
        {
            return new($"the formula mixes {Word(part.Type)} with {Word(scalar)}, lanes of different widths", $"compute in {Word(scalar)} throughout");
        }

        return part switch
        {
            Binary { Op: BinaryOp.Divide, Type: IrType.Long or IrType.Int } => new("there is no vector division of integers", "cast to double and take Math.Floor"),
            Binary { Op: BinaryOp.Remainder } => new("there is no vector remainder", "write x - y * Math.Floor(x / y)"),
            Binary { Op: BinaryOp.ShiftLeft or BinaryOp.ShiftRight } => new("shifts have no vector form here", "multiply or divide by a power of two"),
            Call call => FunctionTable.Of(call).VectorObstacle(call),
            _ => null,
        };
    }

    private static string Word(IrType type) => type.ToString().ToLowerInvariant();
}
