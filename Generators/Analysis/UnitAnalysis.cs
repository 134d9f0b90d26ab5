using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Analysis;

/// <summary>Two quantities of different units meet, or a function gets a unit that it cannot take.</summary>
/// <param name="Operation">Where.</param>
/// <param name="Left">The dimension of the first operand, or of the argument.</param>
/// <param name="Right">The dimension of the second operand.</param>
/// <param name="Argument">The index of the argument that has a unit; -1 where two quantities meet.</param>
internal sealed record UnitConflict(Expression Operation, Dimension Left, Dimension Right, int Argument);

/// <summary>
/// Units of formulas. Literals fit what they are added to or compared with; a small whole factor scales, any other literal factor or divisor
/// may convert units, so what it gives is unknown. What is unknown fits everything: nothing is guessed.
/// </summary>
internal sealed class UnitAnalysis(PolicyModel model)
{
    private const double GreatestScale = 10;

    private readonly List<UnitConflict> _conflicts = [];

    /// <summary>What was found so far.</summary>
    public IReadOnlyList<UnitConflict> Conflicts => _conflicts;

    public Dimension Of(Expression expression)
    {
        switch (expression)
        {
            case var literal when !ExpressionTree.All(literal).Any(part => part is Read):
                return Dimension.Unknown;
            case Read read:
                return Of(read);
            case Unary { Op: UnaryOp.Negate } unary:
                return Of(unary.Operand);
            case Conversion conversion:
                return Of(conversion.Operand);
            case Choice choice:
                Of(choice.Condition);
                return Same(choice, choice.WhenTrue, choice.WhenFalse);
            case Binary binary:
                return Of(binary);
            case Call call:
                return Of(call);
            default:
                foreach (Expression operand in ExpressionTree.Children(expression))
                {
                    Of(operand);
                }

                return Dimension.Unknown;
        }
    }

    private Dimension Of(Read read)
    {
        switch (read.Kind)
        {
            case ReadKind.Feature:
                return Dimension.Of(FeatureTable.Of(read.Name).Unit);
            case ReadKind.CustomFeature:
                // Authors leave the unit out more often than they mean none.
                string unit = model.Features.First(feature => feature.Name == read.Name).Unit;
                return unit == "None" ? Dimension.Unknown : Dimension.Of(unit);
            case ReadKind.Parent:
                return Of(read.OwnOfParent());
            default:
                return Dimension.Unknown;
        }
    }

    private Dimension Of(Binary binary)
    {
        switch (binary.Op)
        {
            case BinaryOp.Add or BinaryOp.Subtract or BinaryOp.Remainder:
                return Same(binary, binary.Left, binary.Right);
            case BinaryOp.Multiply:
                Dimension left = Of(binary.Left);
                Dimension right = Of(binary.Right);
                return Scale(binary.Left) ? right : Scale(binary.Right) ? left : left.Times(right);
            case BinaryOp.Divide:
                Dimension dividend = Of(binary.Left);
                Dimension divisor = Of(binary.Right);
                return Scale(binary.Left) ? Dimension.Bare.Over(divisor) : dividend.Over(divisor);
            case BinaryOp.Less or BinaryOp.LessOrEqual or BinaryOp.Greater or BinaryOp.GreaterOrEqual or BinaryOp.Equal or BinaryOp.NotEqual:
                Same(binary, binary.Left, binary.Right);
                return Dimension.Bare;
            default:
                Of(binary.Left);
                Of(binary.Right);
                return Dimension.Unknown;
        }
    }

    private Dimension Of(Call call)
    {
        switch (FunctionTable.Of(call).Units)
        {
            case UnitRule.Same:
                return ExpressionTree.Children(call).Select(Of).Aggregate((left, right) => Same(call, left, right));
            case UnitRule.Root:
                return Of(call.First).Power(0.5);
            case UnitRule.Bare:
                Bare(call, Of(call.First), 0);
                return Dimension.Bare;
            case UnitRule.Power:
                return Power(call);
            default:
                Of(call.First);
                return Dimension.Bare;
        }
    }

    private Dimension Power(Call call)
    {
        Dimension value = Of(call.First);
        Bare(call, Of(call.Second!), 1);
        if (Literal(call.Second!) is { } power)
        {
            return value.Power(power);
        }

        Bare(call, value, 0);
        return value.IsBare ? Dimension.Bare : Dimension.Unknown;
    }

    private void Bare(Call call, Dimension argument, int index)
    {
        if (argument.Contradicts(Dimension.Bare))
        {
            Report(call, argument, Dimension.Bare, index);
        }
    }

    private Dimension Same(Expression operation, Expression left, Expression right) => Same(operation, Of(left), Of(right));

    private Dimension Same(Expression operation, Dimension left, Dimension right)
        => left.Contradicts(right) ? Report(operation, left, right, -1) : left.Known ? left : right;

    private Dimension Report(Expression operation, Dimension left, Dimension right, int argument)
    {
        _conflicts.Add(new(operation, left, right, argument));
        return Dimension.Unknown;
    }

    private static bool Scale(Expression factor)
        => Literal(factor) is { } value && Math.Abs(value) is >= 1 and <= GreatestScale && Math.Floor(value) == value;

    private static double? Literal(Expression expression) => expression switch
    {
        Constant { Type: IrType.Double or IrType.Float } constant => constant.Number,
        Constant { Type: IrType.Long or IrType.Int } constant => constant.Integer,
        Conversion conversion => Literal(conversion.Operand),
        Unary { Op: UnaryOp.Negate } unary => -Literal(unary.Operand),
        _ => null,
    };
}
