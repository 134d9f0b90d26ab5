using System.Runtime.CompilerServices;

namespace Squelch.Generators.Ir;

/// <summary>Walks and rebuilds formulas.</summary>
internal static class ExpressionTree
{
    /// <summary>Compares parts of formulas as places, not as values.</summary>
    public static IEqualityComparer<object> ByReference { get; } = new ReferenceComparer();

    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Unary unary => [unary.Operand],
        Binary binary => [binary.Left, binary.Right],
        Choice choice => [choice.Condition, choice.WhenTrue, choice.WhenFalse],
        Call call => new[] { call.First, call.Second, call.Third }.Where(argument => argument is not null).Select(argument => argument!),
        Conversion conversion => [conversion.Operand],
        Normalized normalized => [normalized.Operand],
        ReuseRead reuse => [reuse.Class, reuse.Age],
        ReuseBound bound => [bound.LeastClass, bound.MostClass, bound.LeastAge, bound.MostAge],
        _ => [],
    };

    /// <summary>The expression and everything in it, operands first.</summary>
    public static IReadOnlyList<Expression> All(Expression expression)
    {
        var all = new List<Expression>();
        Collect(expression, all);
        return all;
    }

    /// <summary>Into one list: nested iterators would cost their depth for each part.</summary>
    private static void Collect(Expression expression, List<Expression> all)
    {
        foreach (Expression child in Children(expression))
        {
            Collect(child, all);
        }

        all.Add(expression);
    }

    /// <summary>Puts other expressions in place of some, from the top down; null keeps and descends.</summary>
    public static Expression Replace(Expression expression, Func<Expression, Expression?> replacement)
    {
        if (replacement(expression) is { } other)
        {
            return other;
        }

        Expression Inner(Expression operand) => Replace(operand, replacement);
        return expression switch
        {
            Unary unary => unary with { Operand = Inner(unary.Operand) },
            Binary binary => binary with { Left = Inner(binary.Left), Right = Inner(binary.Right) },
            Choice choice => choice with { Condition = Inner(choice.Condition), WhenTrue = Inner(choice.WhenTrue), WhenFalse = Inner(choice.WhenFalse) },
            Call call => call with
            {
                First = Inner(call.First),
                Second = call.Second is null ? null : Inner(call.Second),
                Third = call.Third is null ? null : Inner(call.Third),
            },
            Conversion conversion => conversion with { Operand = Inner(conversion.Operand) },
            Normalized normalized => normalized with { Operand = Inner(normalized.Operand) },
            ReuseRead reuse => reuse with { Class = Inner(reuse.Class), Age = Inner(reuse.Age) },
            _ => expression,
        };
    }

    public static IEnumerable<Read> Reads(Expression expression) => All(expression).OfType<Read>().Distinct();

    public static bool ReadsFeature(Expression expression, string name)
        => Reads(expression).Any(read => read.Kind == ReadKind.Feature && read.Name == name);

    public static bool ReadsKind(Expression expression, ReadKind kind) => Reads(expression).Any(read => read.Kind == kind);

    /// <summary>True where the value is the same for all rows of one selection.</summary>
    public static bool RowFree(Expression expression)
        => All(expression).All(part => part is not ColumnRead and not Normalized
            && part is not Read { Kind: ReadKind.CustomFeature }
            && (part is not Read { Kind: ReadKind.Feature } read || read.Name == "now"));

    /// <summary>True where the value changes only when a feature of the node does.</summary>
    public static bool TimeFree(Expression expression)
        => All(expression).All(part => part is not Normalized
            && part is not Read { Kind: ReadKind.State or ReadKind.VictimScore }
            && (part is not Read { Kind: ReadKind.Feature } read || FeatureTable.Of(read.Name).Source is not (FeatureSource.Clock or FeatureSource.Draw or FeatureSource.Reuse)));

    /// <summary>True where the formula reads what a reuse table says.</summary>
    public static bool ReadsReuse(Expression expression)
        => Reads(expression).Any(read => read.Kind == ReadKind.Feature && FeatureTable.Of(read.Name).Source == FeatureSource.Reuse);

    private sealed class ReferenceComparer : IEqualityComparer<object>
    {
        bool IEqualityComparer<object>.Equals(object x, object y) => ReferenceEquals(x, y);

        int IEqualityComparer<object>.GetHashCode(object obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
