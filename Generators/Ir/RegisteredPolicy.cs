using Microsoft.CodeAnalysis;

namespace Squelch.Generators.Ir;

/// <summary>A policy that hosts of a native library choose by name.</summary>
/// <param name="Type">Its full name.</param>
/// <param name="Hidden">The rest of the project cannot name it.</param>
internal sealed record RegisteredPolicy(string Type, bool Hidden)
{
    public static RegisteredPolicy Of(INamedTypeSymbol type)
    {
        bool hidden = false;
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            hidden |= outer.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal;
        }

        return new(type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), hidden);
    }
}
