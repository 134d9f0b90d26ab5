using System.Composition;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ1011: numbers the scores 0, 1, 2, ... in the order that they have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RenumberScoresFix() : PolicyFix(Key, RuleIds.ScoreOrder)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ1011_Renumber";

    private protected override Fix? Find(FixTarget target)
    {
        var scores = target.Members("ScoreAttribute").Select(method => (Order: Attributes.Find(method, "ScoreAttribute")!.Named("Order", 0), Attribute: target.AttributeOf(method, "ScoreAttribute"))).ToList();
        var edits = new Edits();
        int order = 0;
        foreach ((int old, AttributeSyntax? attribute) in scores.OrderBy(score => score.Order))
        {
            if (attribute is null)
            {
                // A part of the policy stands in another document.
                return null;
            }

            if (old != order)
            {
                string text = order.ToString(CultureInfo.InvariantCulture);
                edits.Change(attribute, current => text == "0" ? current.WithoutNamed("Order") : current.WithNamed("Order", text));
            }

            order++;
        }

        return new("Number the scores from 0", edits);
    }
}
