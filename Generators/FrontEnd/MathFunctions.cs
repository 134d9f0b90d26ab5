using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Ir;

namespace Squelch.Generators.FrontEnd;

/// <summary>The functions of the policy language.</summary>
internal static class MathFunctions
{
    /// <summary>For messages.</summary>
    public static string Listed { get; } = string.Join(", ", Enum.GetNames(typeof(MathFunction)).Select(name => name == nameof(MathFunction.Exp2) || name == nameof(MathFunction.IsNaN) ? "double." + name : "Math." + name));

    public static MathFunction? Of(IMethodSymbol method)
    {
        if (!method.IsStatic || method.ContainingNamespace?.ToDisplayString() != "System" || !Enum.TryParse(method.Name, out MathFunction function))
        {
            return null;
        }

        bool math = method.ContainingType.Name is "Math" or "MathF";
        bool number = method.ContainingType.SpecialType is SpecialType.System_Double or SpecialType.System_Single;
        int parameters = function switch
        {
            MathFunction.Min or MathFunction.Max or MathFunction.Pow => 2,
            MathFunction.Clamp => 3,
            _ => 1,
        };
        return (math || number) && method.Parameters.Length == parameters && method.Parameters.All(parameter => FormulaTypes.Of(parameter.Type) is not null) ? function : null;
    }
}
