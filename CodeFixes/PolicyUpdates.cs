using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Ir;

namespace Squelch.CodeFixes;

/// <summary>The methods that write a policy state.</summary>
internal static class PolicyUpdates
{
    /// <summary>Attributes whose argument names the state.</summary>
    public static IReadOnlyList<string> Attributes { get; } = ["OnEvictAttribute", "OnHitAttribute", "OnInsertAttribute"];

    /// <summary>All of them.</summary>
    public static IEnumerable<ISymbol> Of(FixTarget target)
        => Attributes.SelectMany(target.Members).Where(member => StateOf(member) is not null).Distinct<ISymbol>(SymbolEqualityComparer.Default);

    /// <summary>The state that a method writes, as formulas read it; null for all others.</summary>
    public static string? StateOf(ISymbol method)
        => Attributes.Select(attribute => FrontEnd(method, attribute)).FirstOrDefault(state => state is not null) is { } name ? Names.Camel(name) : null;

    private static string? FrontEnd(ISymbol method, string attribute) => Generators.FrontEnd.Attributes.Find(method, attribute)?.Argument(0) as string;
}
