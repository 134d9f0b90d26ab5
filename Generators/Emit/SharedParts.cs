using Squelch.Generators.Ir;

namespace Squelch.Generators.Emit;

/// <summary>Subexpressions that occur more than once and are worth a local, operands first.</summary>
internal static class SharedParts
{
    public static List<Expression> Of(Expression expression)
    {
        var counts = new Dictionary<Expression, int>();
        var order = new List<Expression>();
        Count(expression, counts, order);
        order.RemoveAll(part => counts[part] < 2);
        return order;
    }

    private static void Count(Expression part, Dictionary<Expression, int> counts, List<Expression> order)
    {
        if (part is Constant or Read or ColumnRead)
        {
            return;
        }

        counts.TryGetValue(part, out int count);
        counts[part] = count + 1;
        if (count == 0)
        {
            foreach (Expression child in ExpressionTree.Children(part))
            {
                Count(child, counts, order);
            }

            order.Add(part);
        }
    }
}
