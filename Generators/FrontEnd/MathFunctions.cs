using Microsoft.CodeAnalysis;
using Squelch.Generators.Functions;

namespace Squelch.Generators.FrontEnd;

/// <summary>Finds the language's functions among the methods of .NET.</summary>
internal static class MathFunctions
{
    /// <summary>Null where formulas cannot call the method.</summary>
    public static Function? Of(IMethodSymbol method)
        => method.IsStatic
            && method.ContainingNamespace?.ToDisplayString() == "System"
            && (method.ContainingType.Name is "Math" or "MathF" || method.ContainingType.SpecialType is SpecialType.System_Double or SpecialType.System_Single)
            && FunctionTable.Named(method.Name) is { } function
            && method.Parameters.Length == function.Arity
            && method.Parameters.All(parameter => FormulaTypes.Of(parameter.Type) is not null)
                ? function
                : null;
}
