using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ4002: scores in single precision.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SinglePrecisionFix() : PolicyFix(Key, RuleIds.DoubleOnDevice)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ4002_SinglePrecision";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.IsSingle || target.Policy is not { } policy || target.AttributeOf(policy, "EvictionPolicyAttribute") is not { } attribute)
        {
            return null;
        }

        string precision = target.Name(attribute, "Squelch", "Precision");
        return new("Score in single precision", new Edits().Change(attribute, current => current.WithNamed("Precision", precision + ".Single")));
    }
}
