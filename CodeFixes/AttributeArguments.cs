using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace Squelch.CodeFixes;

/// <summary>Changes the named arguments of an attribute.</summary>
internal static class AttributeArguments
{
    public static AttributeArgumentSyntax? Named(this AttributeSyntax attribute, string name)
        => attribute.ArgumentList?.Arguments.FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name);

    /// <summary>The attribute with a named argument of this value, in place of one that it has.</summary>
    public static AttributeSyntax WithNamed(this AttributeSyntax attribute, string name, string value, bool first = false)
    {
        if (attribute.Named(name) is { } known)
        {
            return attribute.ReplaceNode(known.Expression, Code.Expression(value, known.Expression));
        }

        AttributeArgumentSyntax added = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(name).WithAdditionalAnnotations(Formatter.Annotation), null, SyntaxFactory.ParseExpression(value));
        AttributeArgumentListSyntax arguments = attribute.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        int at = first ? arguments.Arguments.TakeWhile(argument => argument.NameEquals is null).Count() : arguments.Arguments.Count;
        return attribute.WithArgumentList(arguments.WithArguments(arguments.Arguments.Insert(at, added)).WithAdditionalAnnotations(Formatter.Annotation));
    }

    public static AttributeSyntax WithoutNamed(this AttributeSyntax attribute, string name)
    {
        if (attribute.Named(name) is not { } known)
        {
            return attribute;
        }

        SeparatedSyntaxList<AttributeArgumentSyntax> rest = attribute.ArgumentList!.Arguments.Remove(known);
        return attribute.WithArgumentList(rest.Count == 0 ? null : attribute.ArgumentList.WithArguments(rest));
    }
}
