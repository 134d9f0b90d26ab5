using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Squelch.Generators.Functions;

namespace Squelch.Generators.FrontEnd;

/// <summary>Which rule an operation breaks that the language lacks, and where.</summary>
internal static class FormulaFaults
{
    private const string NumbersAlone = "a formula computes with numbers alone";

    private static readonly HashSet<string> s_randomness = ["System.Random", "System.Guid", "System.Security.Cryptography.RandomNumberGenerator"];

    private static readonly HashSet<string> s_clocks = ["System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch"];

    /// <summary>For messages: what a formula can call.</summary>
    public static string Callable { get; } = "there are the policy's own static methods and " + FunctionTable.Listed;

    public static FormulaException Of(IOperation operation)
    {
        if (operation.DescendantsAndSelf().Any(part => part is IInvalidOperation || part.Type is IErrorTypeSymbol))
        {
            // C# has said what is wrong with it.
            return new(null);
        }

        switch (operation)
        {
            case IExpressionStatementOperation statement:
                return Of(statement.Operation);
            case IAssignmentOperation { Target: var target } when StateOf(target) is { } state:
                return State(state);
            case IIncrementOrDecrementOperation { Target: var target } when StateOf(target) is { } state:
                return State(state);
            case IInvocationOperation call:
                return OfCall(call);
            case IMemberReferenceOperation { Instance: { } instance } when instance is not IInstanceReferenceOperation && IsNone(instance):
                return Of(instance);
            case IFieldReferenceOperation or IPropertyReferenceOperation or IEventReferenceOperation or IInstanceReferenceOperation:
                return State(operation);
            case IConversionOperation conversion when conversion.Operand is not ILiteralOperation && FormulaTypes.Of(conversion.Operand.Type) is null && IsNone(conversion.Operand):
                return Of(conversion.Operand);
            case IConversionOperation { Operand: { Type: { } type } operand } when FormulaTypes.Of(type) is null:
                return Unsupported(operand, "a value of type " + type.ToDisplayString());
            case var _ when Allocates(operation):
                return new(Problem.At(RuleIds.Allocation, operation.Syntax, operation.Syntax.ToString(), Instead(operation) ?? NumbersAlone));
            default:
                return Unsupported(operation, Describe(operation));
        }
    }

    public static FormulaException Unsupported(IOperation operation, string what) => new(Problem.At(RuleIds.UnknownStatement, operation.Syntax, what));

    private static FormulaException OfCall(IInvocationOperation call)
    {
        if (call.Instance is { } instance && instance is not IInstanceReferenceOperation && Allocates(instance))
        {
            return Of(instance);
        }

        if (call.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.ParamArray || Allocates(argument.Value)) is not null || call.Type?.SpecialType == SpecialType.System_String)
        {
            return new(Problem.At(RuleIds.Allocation, call.Syntax, call.Syntax.ToString(), Instead(call) ?? NumbersAlone));
        }

        return new(Problem.At(RuleIds.UnknownCall, call.Syntax, call.TargetMethod.ContainingType?.Name + "." + call.TargetMethod.Name, Instead(call) ?? Callable));
    }

    /// <summary>The feature that gives what the author looks for elsewhere, or null.</summary>
    private static string? Instead(IOperation operation)
    {
        foreach (IOperation part in operation.DescendantsAndSelf())
        {
            ISymbol? member = part switch
            {
                IInvocationOperation call => call.TargetMethod,
                IMemberReferenceOperation read => read.Member,
                IObjectCreationOperation creation => creation.Constructor,
                _ => null,
            };
            string? type = member?.ContainingType?.ToDisplayString();
            if (type is not null && s_randomness.Contains(type))
            {
                return "for a random number take the parameter 'draw'";
            }

            if (type is not null && (s_clocks.Contains(type) || (type == "System.Environment" && member!.Name.StartsWith("TickCount", StringComparison.Ordinal))))
            {
                return "for the clock take the parameter 'now'";
            }
        }

        return null;
    }

    private static FormulaException State(IOperation operation) => new(Problem.At(RuleIds.State, operation.Syntax, operation.Syntax.ToString(), Instead(operation) ?? "take it as a parameter, from a [Tunable] or a [PolicyState], or make it a constant"));

    private static IOperation? StateOf(IOperation target) => target is IMemberReferenceOperation ? target : null;

    /// <summary>The operand is what is wrong, rather than what is done with it.</summary>
    private static bool IsNone(IOperation operand)
        => operand is ITupleOperation or IInvocationOperation || (operand is IObjectCreationOperation { Type.IsValueType: true }) || Allocates(operand);

    private static bool Allocates(IOperation operation) => operation switch
    {
        IObjectCreationOperation creation => creation.Type is not { IsValueType: true },
        IArrayCreationOperation or IAnonymousObjectCreationOperation or IInterpolatedStringOperation => true,
        IConversionOperation conversion => IsBoxing(conversion) || Allocates(conversion.Operand),
        IBinaryOperation { Type.SpecialType: SpecialType.System_String, ConstantValue.HasValue: false } => true,
        IInvocationOperation { Type.SpecialType: SpecialType.System_String } => true,
        IMemberReferenceOperation { Instance: { } instance } => Allocates(instance),
        IArrayElementReferenceOperation element => Allocates(element.ArrayReference),
        // Collection expressions have no interface in this Roslyn.
        _ => operation.Syntax.RawKind == CollectionExpression,
    };

    /// <summary>SyntaxKind.CollectionExpression.</summary>
    private const int CollectionExpression = 9076;

    private static bool IsBoxing(IConversionOperation conversion)
        => conversion.Operand.Type is { IsValueType: true } && conversion.Type is { IsReferenceType: true } && !conversion.ConstantValue.HasValue;

    private static string Describe(IOperation operation) => operation switch
    {
        ILoopOperation => "a loop",
        ITryOperation => "try",
        IThrowOperation => "throw",
        ILockOperation => "lock",
        IUsingOperation or IUsingDeclarationOperation => "using",
        IBranchOperation or ILabeledOperation => "goto",
        IAnonymousFunctionOperation or ILocalFunctionOperation or IDelegateCreationOperation { Target: IAnonymousFunctionOperation } => "a lambda or local function",
        IDelegateCreationOperation => "a delegate",
        IAwaitOperation => "await",
        IAssignmentOperation or IIncrementOrDecrementOperation => "an assignment: give each value a local of its own",
        ISwitchOperation => "a switch statement: write a switch expression",
        IIsPatternOperation or IIsTypeOperation => "a pattern",
        ITupleOperation => "a tuple",
        IBinaryOperation { IsChecked: true } or IUnaryOperation { IsChecked: true } or IConversionOperation { IsChecked: true } => "checked arithmetic, which can throw",
        _ when FormulaTypes.Of(operation.Type) is null && operation.Type is { } type => "a value of type " + type.ToDisplayString(),
        _ => "'" + operation.Syntax + "'",
    };
}
