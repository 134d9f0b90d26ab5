using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ2003: a division of integers, or a narrowing that loses precision for legal values.</summary>
internal sealed class PrecisionRule : PolicyRule
{
    /// <summary>Whole numbers above this need not be floats.</summary>
    private const double FloatLimit = 1 << 24;

    public override IEnumerable<Problem> Check(ValidPolicy policy)
    {
        IEnumerable<Problem> found = policy.Sources.Truncations.Select(Division);
        foreach ((object owner, Expression body, bool scoring) in policy.Formulas)
        {
            var intervals = scoring ? policy.Ranges.Scoring() : policy.Ranges.Updating();
            found = found
                .Concat(ExpressionTree.All(body).OfType<Binary>()
                    .Where(binary => binary.Op == BinaryOp.Divide && binary.Type is IrType.Long or IrType.Int)
                    .Select(binary => policy.Sources.SyntaxOf(binary))
                    .Where(syntax => syntax is not null)
                    .Select(syntax => Division(syntax!)))
                .Concat(ExpressionTree.All(body).OfType<Conversion>()
                    .Select(conversion => Narrowing(policy, owner, conversion, intervals))
                    .Where(problem => problem is not null)
                    .Select(problem => problem!));
        }

        if (policy.Model.SinglePrecision)
        {
            found = found.Concat(policy.Formulas.Where(formula => formula.Owner is not CheckpointModel).SelectMany(formula => Ticks(policy, formula.Owner, formula.Body)));
        }

        return found.GroupBy(problem => problem.Location).Select(group => group.First());
    }

    /// <summary>A clock soon passes what a float can count.</summary>
    private static IEnumerable<Problem> Ticks(ValidPolicy policy, object owner, Expression body)
        => from read in ExpressionTree.Reads(body)
           where read.Kind == ReadKind.Feature && FeatureTable.Of(read.Name) is { Unit: "Ticks", High: var high } && high > FloatLimit
           from parameter in ((IMethodSymbol)policy.Sources.MemberOf(owner)).Parameters
           where parameter.Name == read.Name
           select Problem.At(RuleIds.PrecisionLoss, parameter, parameter.Name, $"is a float under Precision.Single, but it can be {Example.Readable(FloatLimit + 1)} ticks: use Precision.Double");

    private static Problem Division(SyntaxNode syntax)
        => Problem.At(RuleIds.PrecisionLoss, syntax, FormulaText.Of(syntax), "is a division of integers, which drops the fraction: cast a side to double, or use Math.Floor to say that it is meant").With(Facts.Kind, Facts.Division);

    private static Problem? Narrowing(ValidPolicy policy, object owner, Conversion conversion, IntervalAnalysis intervals)
    {
        ValueRange value = intervals.Of(conversion.Operand);
        if (Loss(policy.Model, conversion, value) is not { } lost)
        {
            return null;
        }

        string type = conversion.Type.ToString().ToLowerInvariant();
        if (policy.Sources.SyntaxOf(conversion) is CastExpressionSyntax cast)
        {
            return Problem.At(RuleIds.PrecisionLoss, cast, FormulaText.Of(cast), $"narrows to {type}, but {FormulaText.Of(cast.Expression)} can be {lost}").With(Facts.Kind, Facts.Cast);
        }

        if (conversion.Operand is Read read && ParameterOf(policy, owner, read) is { } parameter)
        {
            return Problem.At(RuleIds.PrecisionLoss, parameter, parameter.Name, $"is read as {type}, but it can be {lost}")
                .With(Facts.Kind, Facts.Parameter).With(Facts.Method, parameter.ContainingSymbol.Name).With(Facts.At(parameter.Name), lost);
        }

        return null;
    }

    /// <summary>A legal value that the conversion changes, or null.</summary>
    private static string? Loss(PolicyModel model, Conversion conversion, ValueRange value)
    {
        bool whole = Steps.Of(conversion.Operand) is not null;
        bool known = conversion.Operand is Read { Kind: ReadKind.Feature };
        switch (conversion.Type)
        {
            case IrType.Float when !model.SinglePrecision && conversion.Operand.Type == IrType.Double:
                // What is computed may be meant to be coarse; what is read is not.
                return !known ? null
                    : value.High > FloatLimit ? Example.Readable(FloatLimit + 1)
                    : !whole ? Example.Readable(0.1)
                    : null;
            case IrType.Int or IrType.Long when conversion.Operand.Type is IrType.Double or IrType.Float or IrType.Long:
                double limit = conversion.Type == IrType.Int ? int.MaxValue : long.MaxValue;
                return known && value.High > limit && !(model.SinglePrecision && value.High <= (float)limit) ? Example.Readable(value.High)
                    : known && !whole && conversion.Operand.Type != IrType.Long ? Example.Readable(0.5)
                    : null;
            default:
                return null;
        }
    }

    private static IParameterSymbol? ParameterOf(ValidPolicy policy, object owner, Read read)
    {
        var method = (IMethodSymbol)policy.Sources.MemberOf(owner);
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .SelectMany(overload => overload.Parameters)
            .FirstOrDefault(parameter => parameter.Name == Names.Camel(read.Name) && FormulaTypes.Of(parameter.Type) is IrType.Int or IrType.Long or IrType.Float);
    }
}
