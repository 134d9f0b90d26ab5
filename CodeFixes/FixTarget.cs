using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Squelch.Generators.FrontEnd;

namespace Squelch.CodeFixes;

/// <summary>A fault, where it stands.</summary>
/// <param name="Planned">What is done about other faults of the document at the same time.</param>
internal sealed record FixTarget(Document Document, SyntaxNode Root, SemanticModel Semantics, Diagnostic Diagnostic, Edits Planned, CancellationToken Cancellation)
{
    /// <summary>What the fault was reported at.</summary>
    public SyntaxNode Node { get; } = Root.FindNode(Diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);

    public MethodDeclarationSyntax? Method => Around<MethodDeclarationSyntax>();

    /// <summary>The innermost type around the fault.</summary>
    public TypeDeclarationSyntax? Type => Around<TypeDeclarationSyntax>();

    public INamedTypeSymbol? Policy => Type is { } type ? Semantics.GetDeclaredSymbol(type, Cancellation) : null;

    /// <summary>Columns and scores are floats.</summary>
    public bool IsSingle => Policy is { } policy && Attributes.Find(policy, "EvictionPolicyAttribute")?.IsSingle() == true;

    /// <summary>The type of the policy's numbers.</summary>
    public string Number => IsSingle ? "float" : "double";

    public T? Around<T>()
        where T : SyntaxNode
        => Node.FirstAncestorOrSelf<T>();

    /// <summary>What the rule says besides its message.</summary>
    public string? Fact(string name) => Diagnostic.Properties.TryGetValue(name, out string? value) ? value : null;

    /// <summary>An attribute of the policy language as it stands in this document.</summary>
    public AttributeSyntax? AttributeOf(SyntaxNode member, string attribute)
        => Semantics.GetDeclaredSymbol(member, Cancellation) is { } symbol ? AttributeOf(symbol, attribute) : null;

    public AttributeSyntax? AttributeOf(ISymbol symbol, string attribute)
        => Attributes.Find(symbol, attribute)?.ApplicationSyntaxReference is { } reference && reference.SyntaxTree == Root.SyntaxTree
            ? reference.GetSyntax(Cancellation) as AttributeSyntax
            : null;

    /// <summary>The policy's members with an attribute, in the order of the source.</summary>
    public IEnumerable<ISymbol> Members(string attribute)
        => Policy?.GetMembers().Where(member => Attributes.Find(member, attribute) is not null) ?? [];

    /// <summary>The declaration of a member in this document; null where it stands elsewhere.</summary>
    public SyntaxNode? Declaration(ISymbol member)
        => member.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == Root.SyntaxTree ? reference.GetSyntax(Cancellation) : null;

    /// <summary>The argument of a call for the parameter at an index.</summary>
    public ArgumentSyntax? Argument(SyntaxNode call, string? index)
        => int.TryParse(index, out int ordinal) && Semantics.GetOperation(call, Cancellation) is IInvocationOperation invocation
            ? invocation.Arguments.FirstOrDefault(argument => argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter?.Ordinal == ordinal)?.Syntax.FirstAncestorOrSelf<ArgumentSyntax>()
            : null;

    /// <summary>The shortest name by which a place knows a type of a namespace.</summary>
    public string Name(SyntaxNode place, string space, string type)
    {
        if (Semantics.LookupSymbols(place.SpanStart, name: type) is [INamedTypeSymbol known] && known.ContainingNamespace.ToDisplayString() == space)
        {
            return type;
        }

        return Semantics.LookupSymbols(place.SpanStart, name: space) is [INamespaceSymbol { ContainingNamespace.IsGlobalNamespace: true }] ? space + "." + type : "global::" + space + "." + type;
    }

    public string Math(SyntaxNode place) => Name(place, "System", "Math");

    public ITypeSymbol? TypeOf(ExpressionSyntax expression) => Semantics.GetTypeInfo(expression, Cancellation).Type;
}
