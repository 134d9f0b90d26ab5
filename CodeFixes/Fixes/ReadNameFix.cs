using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.CodeFixes.Fixes;

/// <summary>CS0103: a name in a formula that is a feature, tunable or policy state becomes a parameter.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReadNameFix() : PolicyFix(Key, "CS0103")
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "CS0103_ReadName";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Node is not IdentifierNameSyntax { Identifier.ValueText: var name } place || target.Method is not { } method
            || target.Semantics.GetDeclaredSymbol(method, target.Cancellation) is not { } formula || Input.Of(name, formula) is not { } input)
        {
            return null;
        }

        var edits = new Edits();
        return edits.Read(target, method, name, [place]) ? new(Title(name, input), edits) : null;
    }

    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static string Title(string name, Input input)
    {
        string meaning = input.Meaning?.Split(';')[0] ?? "";
        string what = input.Unit is null ? meaning : meaning.Length == 0 ? input.Unit : input.Unit + ": " + meaning;
        return "Read the " + input.Kind + " '" + name + "'" + (what.Length == 0 ? "" : " (" + what + ")");
    }
}
