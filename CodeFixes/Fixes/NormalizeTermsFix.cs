using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2008 and SQ5003: brings terms to one scale.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NormalizeTermsFix() : PolicyFix(Key, RuleIds.OneTermDecides, RuleIds.MixedTerms)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2008_NormalizeTerms";

    private protected override Fix? Find(FixTarget target)
    {
        string[] names = target.Fact(Facts.Terms)?.Split(',') ?? [];
        var edits = new Edits();
        foreach (ISymbol term in target.Members("TermAttribute").Where(term => names.Contains(term.Name) && !Attributes.Find(term, "TermAttribute")!.IsScaled()))
        {
            if (target.AttributeOf(term, "TermAttribute") is { } attribute)
            {
                string normalize = target.Name(attribute, "Squelch", "Normalize");
                edits.Change(attribute, current => current.WithNamed("Normalize", normalize + ".MinMax", first: true));
            }
        }

        return new("Normalise the terms", edits);
    }
}
