using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers.Rules;

/// <summary>SQ1015: a cache of values is named with a policy of this compilation that reads what only a prefix tree has. Formulas of other assemblies cannot be seen: of those the cache says it when it is made.</summary>
internal static class ValueCacheRule
{
    /// <summary>What a cache cannot give: one for each policy among the type arguments that asks for it.</summary>
    /// <param name="generic">The type or method that is named.</param>
    public static IEnumerable<(string Policy, string Features)> Check(ISymbol generic)
    {
        ISymbol type = generic as INamedTypeSymbol ?? generic.ContainingType as ISymbol ?? generic;
        if (type.ContainingAssembly?.Name != "Squelch.Caching")
        {
            return [];
        }

        IEnumerable<ITypeSymbol> arguments = generic is IMethodSymbol method ? method.TypeArguments : ((INamedTypeSymbol)generic).TypeArguments;
        return from argument in arguments
               where Attributes.Find(argument, "EvictionPolicyAttribute") is not null
               let features = string.Join(", ", TreeFeatures(argument))
               where features.Length > 0
               select (argument.Name, features);
    }

    /// <summary>Parameters of the formulas that bind to features of trees, each once.</summary>
    private static IEnumerable<string> TreeFeatures(ITypeSymbol policy)
        => from method in policy.GetMembers().OfType<IMethodSymbol>()
           where method.GetAttributes().Any(attribute => attribute.AttributeClass?.ContainingNamespace is { Name: "Squelch", ContainingNamespace.IsGlobalNamespace: true })
           from parameter in method.Parameters
           where FeatureTable.Has(parameter.Name) && FeatureTable.Of(parameter.Name).NeedsTree
           group parameter by parameter.Name into feature
           select feature.Key;
}
