using Squelch.Generators.Analysis;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Generators.Planning;

/// <summary>
/// Where it is not proven that a score is a number, the generated code makes it one: a node whose score is NaN is worth keeping, and a policy
/// state keeps its value. What is proven costs nothing.
/// </summary>
internal sealed class NumberGuard
{
    private readonly PolicyModel _model;
    private readonly LegalRanges _ranges;

    public NumberGuard(PolicyModel model)
    {
        _model = model;
        _ranges = new LegalRanges(model);
    }

    /// <summary>The sum of the terms.</summary>
    public Expression OfTerms(Expression sum) => TermsAreNumbers() ? sum : Kept(sum, Infinity(sum));

    /// <summary>One score of an order.</summary>
    public Expression OfScore(ScoreModel score, Expression value) => IsNumber(score.Body) ? value : Kept(value, Infinity(value));

    /// <summary>The new value of a policy state.</summary>
    public Expression OfState(StateUpdateModel update)
        => LegalRanges.IsNumber(_ranges.Writing(update), update.Body) ? update.Body : Kept(update.Body, new Read(update.Body.Type, ReadKind.State, Names.Camel(update.State)));

    private bool IsNumber(Expression formula) => LegalRanges.IsNumber(_ranges.Scoring(), formula);

    private bool TermsAreNumbers()
        => _model.Terms.All(term => IsNumber(term.Body) && !(term.MinMax && _ranges.Scoring().Of(term.Body).MayBeInfinite))
           && (WeightedSum.Unscaled(_model) is not { } sum || IsNumber(sum));

    private static Expression Kept(Expression value, Expression otherwise)
        => value.Type is IrType.Double or IrType.Float
            ? new Choice(value.Type, new Call(IrType.Bool, FunctionTable.IsNaN, value), otherwise, value)
            : value;

    private static Constant Infinity(Expression like) => new(like.Type, double.PositiveInfinity, 0);
}
