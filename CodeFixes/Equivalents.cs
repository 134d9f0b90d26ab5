using System;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.CodeFixes;

/// <summary>How the language writes what it has no function for.</summary>
internal static class Equivalents
{
    /// <summary>A pattern for <see cref="Fill"/>, or null where the language has no way to say it.</summary>
    public static string? Of(IMethodSymbol method, FixTarget target, ExpressionSyntax[] arguments)
    {
        bool single = method.ContainingType.Name == "MathF" || method.ContainingType.SpecialType == SpecialType.System_Single;
        string math = target.Name(target.Node, "System", single ? "MathF" : "Math");
        string number = single ? "float" : "double";
        string third = single ? "1f / 3" : "1.0 / 3";
        return (Kind(method.ContainingType), method.Name, arguments.Length) switch
        {
            ("real", "Cbrt", 1) when IsFeature(arguments[0], target) => $"{math}.Pow($0, {third})",
            ("real", "Cbrt", 1) => $"(#0 < 0 ? -{math}.Pow(-#0, {third}) : {math}.Pow($0, {third}))",
            ("real", "Truncate", 1) => $"(#0 < 0 ? {math}.Ceiling($0) : {math}.Floor($0))",
            ("real", "Log", 2) => Log(math, target.Semantics.GetConstantValue(arguments[1], target.Cancellation)),
            ("real", "Exp10", 1) => $"{math}.Pow(10, $0)",
            ("real", "IsFinite", 1) => $"({math}.Abs($0) <= {number}.MaxValue)",
            ("real", "IsInfinity", 1) => $"({math}.Abs($0) > {number}.MaxValue)",
            ("real", "IsPositiveInfinity", 1) => $"(#0 > {number}.MaxValue)",
            ("real", "IsNegativeInfinity", 1) => $"(#0 < -{number}.MaxValue)",
            ("real", "IsInteger", 1) => "(#0 % 1 == 0)",
            ("whole", "Max" or "Min", 2) => $"{math}.{method.Name}($0, $1)",
            ("whole", "Clamp", 3) => $"{math}.Clamp($0, $1, $2)",
            ("whole", "Abs" or "Sign", 1) => $"{math}.{method.Name}($0)",
            ("convert", "ToDouble", 1) when IsNumber(method) => "(double)#0",
            ("convert", "ToSingle", 1) when IsNumber(method) => "(float)#0",
            _ => null,
        };
    }

    /// <summary>Puts arguments into a pattern: $0 as an argument of a call, #0 as an operand.</summary>
    public static string Fill(string pattern, ExpressionSyntax[] arguments)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            pattern = pattern.Replace("$" + i, Code.Bare(arguments[i])).Replace("#" + i, Code.Operand(arguments[i]));
        }

        return pattern;
    }

    private static string? Kind(INamedTypeSymbol type) => type switch
    {
        { Name: "Math" or "MathF" } or { SpecialType: SpecialType.System_Double or SpecialType.System_Single } => "real",
        { SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 } => "whole",
        { Name: "Convert" } => "convert",
        _ => null,
    };

    // Math.Log(x, b) is NaN for the bases 0, 1 and infinity; the quotient is not.
    private static string? Log(string math, Optional<object?> known)
    {
        double? value = known is { HasValue: true, Value: { } constant } ? Convert.ToDouble(constant) : null;
        return value switch
        {
            2 => $"{math}.Log2($0)",
            10 => $"{math}.Log10($0)",
            null or (> 0 and not 1 and not double.PositiveInfinity) => $"({math}.Log($0) / {math}.Log($1))",
            _ => null,
        };
    }

    // No feature is negative.
    private static bool IsFeature(ExpressionSyntax expression, FixTarget target)
        => target.Semantics.GetSymbolInfo(expression, target.Cancellation).Symbol is IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter
           && FormulaParameters.IsFormula(method) && FeatureTable.Has(parameter.Name);

    private static bool IsNumber(IMethodSymbol method)
        => method.Parameters[0].Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 or SpecialType.System_Single or SpecialType.System_Double;
}
