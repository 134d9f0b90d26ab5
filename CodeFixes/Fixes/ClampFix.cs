using System.Composition;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes.Fixes;

/// <summary>SQ2002: keeps a function's argument where the function is defined, or a result finite.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ClampFix() : PolicyFix(Key, RuleIds.NotFinite)
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "SQ2002_Clamp";

    private protected override Fix? Find(FixTarget target)
    {
        if (target.Argument(target.Node, target.Fact(Facts.Argument)) is { } argument)
        {
            (string? least, string? most) = (target.Fact(Facts.Least), target.Fact(Facts.Most));
            return (least, most) switch
            {
                (null, null) => null,
                (_, null) => Wrap(target, "Keep the argument at " + least + " or more", argument.Expression, "Max", least),
                (null, _) => Wrap(target, "Keep the argument at " + most + " or less", argument.Expression, "Min", most),
                _ => Wrap(target, "Keep the argument between " + least + " and " + most, argument.Expression, "Clamp", least + ", " + most),
            };
        }

        if (target.Fact(Facts.ClampsResult) == Facts.Yes && target.Node is ExpressionSyntax operation)
        {
            string number = target.TypeOf(operation)?.SpecialType == SpecialType.System_Single ? "float" : "double";
            return Wrap(target, "Keep the result finite", operation, "Clamp", "-" + number + ".MaxValue, " + number + ".MaxValue");
        }

        return null;
    }

    // A limit may be a double where the function takes floats.
    private protected override Task<bool> IsSafe(FixTarget target, Edits edits) => Compiles(target, edits);

    private static Fix Wrap(FixTarget target, string title, ExpressionSyntax value, string function, string? limits)
    {
        string math = target.Math(value);
        return new(title, new Edits().Change(value, current => Code.Expression(math + "." + function + "(" + Code.Bare(current) + ", " + limits + ")", current)));
    }
}
