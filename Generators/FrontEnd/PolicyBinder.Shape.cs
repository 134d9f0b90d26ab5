using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Squelch.Generators.FrontEnd;

/// <content>The type itself: its kind, its names.</content>
internal sealed partial class PolicyBinder
{
    private void CheckKind()
    {
        string? fault = _policy.IsRecord ? "a readonly struct, not a record"
            : _policy.IsRefLikeType ? "a readonly struct, not a ref struct"
            : _policy.TypeParameters.Length > 0 ? "a readonly struct without type parameters"
            : _policy.IsGenericType ? "a readonly struct outside of generic types"
            : IsFileLocal() ? "a readonly struct that other files can see"
            : !_policy.IsReadOnly ? "a readonly struct"
            : null;
        if (fault is not null)
        {
            Add(Problem.At(RuleIds.NotReadonlyStruct, _policy, _policy.Name, fault));
        }
    }

    private bool IsFileLocal()
    {
        INamedTypeSymbol? type = _policy;
        while (type is { IsFileLocal: false })
        {
            type = type.ContainingType;
        }

        return type is not null;
    }

    private static string FullName(INamedTypeSymbol type)
        => (SyntaxFacts.GetKeywordKind(type.Name) == SyntaxKind.None ? "" : "@") + type.Name + (type.TypeParameters.Length == 0 ? "" : "<" + string.Join(", ", type.TypeParameters.Select(parameter => parameter.Name)) + ">");

    private bool IsPartial()
    {
        for (SyntaxNode? node = _syntax; node is TypeDeclarationSyntax type; node = node.Parent)
        {
            if (!type.Modifiers.Any(SyntaxKind.PartialKeyword))
            {
                Add(Problem.At(RuleIds.NotPartial, _policy, type.Identifier.Text));
                return false;
            }
        }

        return true;
    }

    /// <summary>The author has said how the fields lie, so none is added.</summary>
    private bool HasLayout()
        => _policy.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "StructLayoutAttribute"
            && attribute.ApplicationSyntaxReference?.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == false);

    private PolicyShell Shell()
        => new(
            _policy.ContainingNamespace.IsGlobalNamespace ? "" : _policy.ContainingNamespace.ToDisplayString(),
            _policy.Name,
            new(Containers()),
            HintName(),
            (_policy.IsRecord ? "partial record struct " : "partial struct ") + FullName(_policy));

    private IEnumerable<string> Containers()
    {
        var containers = new Stack<string>();
        for (INamedTypeSymbol? type = _policy.ContainingType; type is not null; type = type.ContainingType)
        {
            string kind = type.IsRecord ? (type.IsValueType ? "record struct" : "record") : type.TypeKind switch { TypeKind.Struct => "struct", TypeKind.Interface => "interface", _ => "class" };
            containers.Push("partial " + kind + " " + FullName(type));
        }

        return containers;
    }

    private string HintName()
    {
        string name = _policy.Name;
        for (INamedTypeSymbol? type = _policy.ContainingType; type is not null; type = type.ContainingType)
        {
            name = type.Name + "+" + name;
        }

        // Names of files ignore case, names of types do not.
        IEnumerable<string> siblings = _policy.ContainingType?.GetTypeMembers().Select(type => type.Name) ?? _policy.ContainingNamespace.GetTypeMembers().Select(type => type.Name);
        if (siblings.Any(sibling => sibling != _policy.Name && string.Equals(sibling, _policy.Name, StringComparison.OrdinalIgnoreCase)))
        {
            name += "-" + string.Concat(_policy.Name.Select(letter => char.IsUpper(letter) ? 'u' : 'l'));
        }

        return _policy.ContainingNamespace.IsGlobalNamespace ? name : _policy.ContainingNamespace.ToDisplayString() + "." + name;
    }

    private string Summary()
    {
        // From the trivia: the symbol's documentation costs more than the rest of the binding.
        string xml = _syntax.GetLeadingTrivia().ToFullString().Replace("///", "");
        int from = xml.IndexOf("<summary>", StringComparison.Ordinal);
        int to = xml.IndexOf("</summary>", StringComparison.Ordinal);
        return from < 0 || to < from
            ? ""
            : string.Join(" ", WithoutTags(xml.Substring(from + 9, to - from - 9)).Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries))
                .Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }

    /// <summary>Plain text: a reference becomes the last part of its name, and marks of code and paragraphs go.</summary>
    private static string WithoutTags(string xml)
        => Regex.Replace(Regex.Replace(xml, "<\\w+\\s+(?:cref|name|langword|href)=\"(?:[^\"]*[.:/])?([^\"]*)\"\\s*/>", "$1"), "</?\\w+[^>]*>", "");
}
