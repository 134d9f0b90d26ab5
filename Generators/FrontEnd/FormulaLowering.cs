using System.Collections.Immutable;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>Turns a method body into an <see cref="Expression"/>: locals and the policy's own methods are substituted, conversions made explicit.</summary>
internal sealed class FormulaLowering(FormulaScope scope, SemanticModel semantics, SourceMap? sources, CancellationToken cancellation)
{
    private const int DeepestCall = 32;
    private const int GreatestSize = 4000;

    private readonly Dictionary<object, long> _sizes = new(ExpressionTree.ByReference);

    private int _depth;

    /// <exception cref="FormulaException">The body is outside the language.</exception>
    public Expression Lower(IMethodSymbol method, FormulaMoment moment)
    {
        var names = new Dictionary<ISymbol, Expression>(SymbolEqualityComparer.Default);
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            names[parameter] = scope.Bind(parameter, moment);
        }

        return LowerBody(method, names);
    }

    private Expression LowerBody(IMethodSymbol method, Dictionary<ISymbol, Expression> names)
    {
        cancellation.ThrowIfCancellationRequested();
        if (method.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<MethodDeclarationSyntax>().FirstOrDefault() is not { } syntax)
        {
            throw new FormulaException(Problem.At(RuleIds.UnknownCall, method, method.Name, FormulaFaults.Callable));
        }

        SemanticModel model = syntax.SyntaxTree == semantics.SyntaxTree ? semantics : semantics.Compilation.GetSemanticModel(syntax.SyntaxTree);
        var body = model.GetOperation(syntax, cancellation) as IMethodBodyOperation;
        IBlockOperation? block = body?.BlockBody ?? body?.ExpressionBody;
        return block is not null && LowerStatements(block.Operations, 0, names, () => null) is { } value
            ? value
            : throw new FormulaException(Problem.At(RuleIds.UnknownStatement, syntax, "a body that does not return a value on every way"));
    }

    /// <param name="after">Lowers what follows the statements; null where that returns nothing.</param>
    private Expression? LowerStatements(ImmutableArray<IOperation> statements, int from, Dictionary<ISymbol, Expression> names, Func<Expression?> after)
    {
        for (int i = from; i < statements.Length; i++)
        {
            int next = i + 1;
            Expression? Rest() => LowerStatements(statements, next, names, after);
            switch (statements[i])
            {
                case IVariableDeclarationGroupOperation group:
                    foreach (IVariableDeclaratorOperation declarator in group.Declarations.SelectMany(declaration => declaration.Declarators))
                    {
                        IOperation value = declarator.GetVariableInitializer()?.Value ?? throw FormulaFaults.Unsupported(declarator, "a local without a value");
                        names[declarator.Symbol] = Lower(value, names);
                    }

                    break;
                case IReturnOperation { ReturnedValue: { } returned }:
                    return Lower(returned, names);
                case IBlockOperation inner:
                    return LowerStatements(inner.Operations, 0, names, Rest);
                case IConditionalOperation choice:
                    Expression condition = Lower(choice.Condition, names);
                    Expression? whenTrue = LowerStatements(ImmutableArray.Create(choice.WhenTrue), 0, names, Rest);
                    Expression? whenFalse = choice.WhenFalse is { } other ? LowerStatements(ImmutableArray.Create(other), 0, names, Rest) : Rest();
                    return whenTrue is not null && whenFalse is not null
                        ? new Choice(whenTrue.Type, condition, whenTrue, whenFalse)
                        : throw FormulaFaults.Unsupported(choice, "an 'if' that does not return a value on both ways");
                case IEmptyOperation:
                    break;
                case var statement:
                    throw FormulaFaults.Of(statement);
            }
        }

        return after();
    }

    private Expression Lower(IOperation operation, Dictionary<ISymbol, Expression> names)
    {
        Expression value = LowerValue(operation, names);
        if (SizeOf(value) > GreatestSize)
        {
            throw FormulaFaults.Unsupported(operation, "a formula of more than " + GreatestSize + " operations, locals and calls written out");
        }

        sources?.Add(value, operation.Syntax);
        return value;
    }

    private Expression LowerValue(IOperation operation, Dictionary<ISymbol, Expression> names)
    {
        IrType? type = FormulaTypes.Of(operation.Type);
        if (operation.ConstantValue is { HasValue: true, Value: { } constant } && type is { } constantType)
        {
            NoteTruncations(operation);
            return FormulaTypes.Constant(constantType, constant);
        }

        switch (operation)
        {
            case IParenthesizedOperation parenthesized:
                return Lower(parenthesized.Operand, names);
            case IConversionOperation { OperatorMethod: null } conversion when type is { } target && FormulaTypes.Of(conversion.Operand.Type) is not null && (!conversion.IsChecked || target is IrType.Double or IrType.Float):
                Expression operand = Lower(conversion.Operand, names);
                return operand.Type == target ? operand : Converted(target, operand);
            case IParameterReferenceOperation { Parameter: var parameter } when names.TryGetValue(parameter, out Expression bound):
                return bound;
            case ILocalReferenceOperation { Local: var local } when names.TryGetValue(local, out Expression value):
                return value;
            case IUnaryOperation { OperatorMethod: null, IsChecked: false } unary when type is { } unaryType && UnaryOf(unary.OperatorKind) is { } op:
                return new Unary(unaryType, op, Lower(unary.Operand, names));
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Plus } plus:
                return Lower(plus.Operand, names);
            case IBinaryOperation { OperatorMethod: null, IsChecked: false } binary when type is { } binaryType && BinaryOf(binary.OperatorKind) is { } op:
                return new Binary(binaryType, op, Lower(binary.LeftOperand, names), Lower(binary.RightOperand, names));
            case IConditionalOperation { WhenFalse: { } whenFalse } choice when type is { } choiceType:
                return new Choice(choiceType, Lower(choice.Condition, names), Lower(choice.WhenTrue, names), Lower(whenFalse, names));
            case IIsPatternOperation test:
                return PatternLowering.Of(test.Pattern, Lower(test.Value, names), constant => Lower(constant, names)) ?? throw FormulaFaults.Of(test);
            case ISwitchExpressionOperation table when type is { } tableType:
                return LowerTable(table, tableType, names);
            case IInvocationOperation call:
                return LowerCall(call, names);
            default:
                throw FormulaFaults.Of(operation);
        }
    }

    /// <summary>A switch expression is a table: choices one in the other, from the last arm, which takes what is left, to the first.</summary>
    private Expression LowerTable(ISwitchExpressionOperation table, IrType type, Dictionary<ISymbol, Expression> names)
    {
        ISwitchExpressionArmOperation last = table.Arms[table.Arms.Length - 1];
        if (last.Pattern is not IDiscardPatternOperation || last.Guard is not null)
        {
            throw FormulaFaults.Unsupported(last, "a switch without a last arm '_', which takes what is left");
        }

        Expression value = Lower(table.Value, names);
        Expression result = Lower(last.Value, names);
        foreach (ISwitchExpressionArmOperation arm in table.Arms.Take(table.Arms.Length - 1).Reverse())
        {
            Expression? matches = PatternLowering.Of(arm.Pattern, value, constant => Lower(constant, names));
            Expression? guard = arm.Guard is null ? null : Lower(arm.Guard, names);
            Expression condition = matches is null ? guard ?? throw FormulaFaults.Unsupported(arm, "an arm '_' before the last")
                : guard is null ? matches : new Binary(IrType.Bool, BinaryOp.And, matches, guard);
            result = new Choice(type, condition, Lower(arm.Value, names), result);
        }

        return result;
    }

    /// <summary>A choice between integers is a choice between numbers: in vectors all lanes are of one width.</summary>
    private static Expression Converted(IrType target, Expression operand)
        => operand switch
        {
            Choice { Type: IrType.Int or IrType.Long } choice when target is IrType.Double or IrType.Float
                => new Choice(target, choice.Condition, Converted(target, choice.WhenTrue), Converted(target, choice.WhenFalse)),
            Constant { Type: IrType.Int or IrType.Long } constant when target is IrType.Double => new Constant(target, constant.Integer, 0),
            Constant { Type: IrType.Int or IrType.Long } constant when target is IrType.Float => new Constant(target, (float)constant.Integer, 0),
            _ => new Conversion(target, operand),
        };

    /// <summary>Locals are shared, so a short text can be a large tree: every later step walks the tree.</summary>
    private long SizeOf(Expression value)
    {
        if (!_sizes.TryGetValue(value, out long size))
        {
            size = 1 + ExpressionTree.Children(value).Sum(SizeOf);
            _sizes.Add(value, size);
        }

        return size;
    }

    private void NoteTruncations(IOperation operation)
    {
        if (sources is not null)
        {
            sources.Truncations.AddRange(operation.DescendantsAndSelf().OfType<IBinaryOperation>()
                .Where(division => division.OperatorKind == BinaryOperatorKind.Divide && FormulaTypes.Of(division.Type) is IrType.Long or IrType.Int
                    && Convert.ToInt64(division.LeftOperand.ConstantValue.Value) % Convert.ToInt64(division.RightOperand.ConstantValue.Value) != 0)
                .Select(division => division.Syntax));
        }
    }

    private Expression LowerCall(IInvocationOperation call, Dictionary<ISymbol, Expression> names)
    {
        IMethodSymbol method = call.TargetMethod;
        bool own = SymbolEqualityComparer.Default.Equals(method.ContainingType, scope.Policy) && method.IsStatic && !method.IsGenericMethod;
        if ((!own && MathFunctions.Of(method) is null) || call.Arguments.Any(argument => argument.ArgumentKind == ArgumentKind.ParamArray))
        {
            throw FormulaFaults.Of(call);
        }

        if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out) is { } reference)
        {
            throw FormulaFaults.Unsupported(reference, "a 'ref' or 'out' argument");
        }

        Expression[] arguments = [.. call.Arguments.OrderBy(argument => argument.Parameter?.Ordinal).Select(argument => Lower(argument.Value, names))];
        if (own)
        {
            if (++_depth > DeepestCall)
            {
                throw FormulaFaults.Unsupported(call, "a method that calls itself");
            }

            var inner = new Dictionary<ISymbol, Expression>(SymbolEqualityComparer.Default);
            for (int i = 0; i < arguments.Length; i++)
            {
                inner[method.Parameters[i]] = arguments[i];
            }

            Expression body = LowerBody(method, inner);
            _depth--;
            return body;
        }

        if (MathFunctions.Of(method) is { } function && FormulaTypes.Of(method.ReturnType) is { } type)
        {
            return function.Lower(type, arguments);
        }

        throw FormulaFaults.Of(call);
    }

    private static UnaryOp? UnaryOf(UnaryOperatorKind kind) => kind switch
    {
        UnaryOperatorKind.Minus => UnaryOp.Negate,
        UnaryOperatorKind.Not => UnaryOp.Not,
        UnaryOperatorKind.BitwiseNegation => UnaryOp.Complement,
        _ => null,
    };

    private static BinaryOp? BinaryOf(BinaryOperatorKind kind) => kind switch
    {
        BinaryOperatorKind.Add => BinaryOp.Add,
        BinaryOperatorKind.Subtract => BinaryOp.Subtract,
        BinaryOperatorKind.Multiply => BinaryOp.Multiply,
        BinaryOperatorKind.Divide => BinaryOp.Divide,
        BinaryOperatorKind.Remainder => BinaryOp.Remainder,
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => BinaryOp.And,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => BinaryOp.Or,
        BinaryOperatorKind.ExclusiveOr => BinaryOp.Xor,
        BinaryOperatorKind.LeftShift => BinaryOp.ShiftLeft,
        BinaryOperatorKind.RightShift => BinaryOp.ShiftRight,
        BinaryOperatorKind.LessThan => BinaryOp.Less,
        BinaryOperatorKind.LessThanOrEqual => BinaryOp.LessOrEqual,
        BinaryOperatorKind.GreaterThan => BinaryOp.Greater,
        BinaryOperatorKind.GreaterThanOrEqual => BinaryOp.GreaterOrEqual,
        BinaryOperatorKind.Equals => BinaryOp.Equal,
        BinaryOperatorKind.NotEquals => BinaryOp.NotEqual,
        _ => null,
    };
}
