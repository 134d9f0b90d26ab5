using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.Analyzers.Rules;

/// <summary>Texts of counter-examples: the values that a method's parameters have.</summary>
internal static class Example
{
    /// <summary>For messages: "now = 5, lastAccess = 5".</summary>
    public static string Text(IMethodSymbol method, Situation at)
    {
        string text = string.Join(", ", Values(method, at).Where(pair => pair.Value is not null).Select(pair => pair.Name + " = " + Readable(pair.Value!.Value)));
        return text.Length == 0 ? "every selection" : text;
    }

    /// <summary>For a formula that is no method's.</summary>
    public static string Text(IEnumerable<Read> reads, Situation at)
        => string.Join(", ", reads.Select(read => (Name: Names.Camel(read.Name), Value: at.Of(read))).Distinct().Select(pair => pair.Name + " = " + Readable(pair.Value)));

    /// <summary>For tests and tools that run the counter-example.</summary>
    public static Problem With(this Problem problem, IMethodSymbol method, Situation at)
        => Values(method, at).Aggregate(
            problem.With(Facts.Method, method.Name),
            (result, pair) => result.With(Facts.At(pair.Name), (pair.Value ?? Any(pair.Name)).ToString("R", CultureInfo.InvariantCulture)));

    public static string Readable(double value)
        => double.IsInfinity(value) ? (value > 0 ? "infinity" : "-infinity")
            : double.IsNaN(value) ? "NaN"
            : value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Null for a parameter that the formula does not read.</summary>
    private static IEnumerable<(string Name, double? Value)> Values(IMethodSymbol method, Situation at)
        => method.Parameters.Select(parameter => (parameter.Name, at.OfParameter(parameter.Name)));

    private static double Any(string name) => FeatureTable.Has(name) ? FeatureTable.Of(name).Low : 0;
}
