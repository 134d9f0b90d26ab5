using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Squelch.CodeFixes.Refactorings;

/// <summary>Writes what each input of a formula means, and its unit, as documentation of its parameters: an editor shows it where they are used.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp), Shared]
public sealed class DescribeInputsRefactoring : CodeRefactoringProvider
{
    /// <summary>Equivalence key.</summary>
    public const string Key = "DescribeInputs";

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? semantics = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || !IsOnDeclaration(method, context.Span)
            || semantics?.GetDeclaredSymbol(method, context.CancellationToken) is not { } formula || !FormulaParameters.IsFormula(formula))
        {
            return;
        }

        SourceText text = await context.Document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        TextLine line = text.Lines.GetLineFromPosition(method.SpanStart);
        string indent = text.ToString(TextSpan.FromBounds(line.Start, method.SpanStart));
        string newLine = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        DocumentationCommentTriviaSyntax? known = method.GetLeadingTrivia().Select(trivia => trivia.GetStructure()).OfType<DocumentationCommentTriviaSyntax>().FirstOrDefault();
        string[] lines = [.. formula.Parameters.Where(parameter => !IsDescribed(parameter, known)).Select(parameter => Line(parameter, formula)).OfType<string>()];
        if (lines.Length == 0 || newLine.Length == 0 || indent.Trim().Length > 0 || known?.IsKind(SyntaxKind.MultiLineDocumentationCommentTrivia) == true)
        {
            return;
        }

        var change = new TextChange(new TextSpan(method.SpanStart, 0), string.Concat(lines.Select(described => described + newLine + indent)));
        context.RegisterRefactoring(CodeAction.Create("Describe the inputs", _ => Task.FromResult(context.Document.WithText(text.WithChanges(change))), Key));
    }

    private static bool IsOnDeclaration(MethodDeclarationSyntax method, TextSpan span)
        => TextSpan.FromBounds(method.SpanStart, method.ParameterList.Span.End).Contains(span);

    private static bool IsDescribed(IParameterSymbol parameter, DocumentationCommentTriviaSyntax? known)
        => known?.DescendantNodes().OfType<XmlNameAttributeSyntax>().Any(name => name.Identifier.Identifier.ValueText == parameter.Name && name.Parent is XmlElementStartTagSyntax { Name.LocalName.ValueText: "param" }) == true;

    private static string? Line(IParameterSymbol parameter, IMethodSymbol formula)
        => Input.Of(parameter.Name, formula) is { } input ? "/// <param name=\"" + parameter.Name + "\">" + Sentence(input) + "</param>" : null;

    private static string Sentence(Input input)
    {
        string meaning = input.Meaning ?? "the " + input.Kind + " <see cref=\"" + input.Member + "\"/>";
        string text = input.Unit is null ? meaning : input.Unit + ": " + meaning;
        return char.ToUpperInvariant(text[0]) + text.Substring(1) + ".";
    }
}
