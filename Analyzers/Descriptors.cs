using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers;

/// <summary>The rules.</summary>
internal static class Descriptors
{
    private const string Declaration = "Squelch.Declaration";
    private const string Language = "Squelch.Language";
    private const string Pages = "https://github.com/squelch/squelch/blob/main/docs/rules/";

    public static readonly DiagnosticDescriptor NotPartial = new("SQ1001", "A policy type is partial", "'{0}' must be partial, so that the policy compiler can add to it", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1001.md");
    public static readonly DiagnosticDescriptor NotReadonlyStruct = new("SQ1002", "A policy is a readonly struct", "'{0}' must be a readonly struct: a policy is a value without state of its own", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1002.md");
    public static readonly DiagnosticDescriptor NoScore = new("SQ1003", "A policy has a score", "'{0}' has no [Score] and no [Term]: give it one, or a Selector", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1003.md");
    public static readonly DiagnosticDescriptor ScoreAndTerm = new("SQ1004", "A policy has scores or terms", "'{0}' has both [Score] and [Term]: a score is the whole formula, a term a summand of it; keep one kind", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1004.md");
    public static readonly DiagnosticDescriptor UnknownParameter = new("SQ1005", "A parameter names an input", "'{0}' is no feature, tunable or policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1005.md");
    public static readonly DiagnosticDescriptor UnknownWeight = new("SQ1006", "A weight names a tunable", "'{0}' names no tunable; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1006.md");
    public static readonly DiagnosticDescriptor EmptyRange = new("SQ1007", "A tunable has a range", "The range of '{0}' is empty or not finite, or its step does not fit; give a least value below the greatest, and a step no larger than the range", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1007.md");
    public static readonly DiagnosticDescriptor MethodShape = new("SQ1008", "A formula is a static method of numbers", "'{0}' cannot be a formula: {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1008.md");
    public static readonly DiagnosticDescriptor ScoreOrder = new("SQ1011", "Scores are numbered from 0", "The scores of '{0}' have the orders {1}; number them from 0 without a gap", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1011.md");
    public static readonly DiagnosticDescriptor UnknownState = new("SQ1012", "OnEvict names a policy state", "'{0}' is no policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1012.md");
    public static readonly DiagnosticDescriptor UnknownCall = new("SQ3001", "A formula calls what the language has", "'{0}' cannot be called in a formula; there are the policy's own static methods and {1}", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3001.md");
    public static readonly DiagnosticDescriptor UnknownStatement = new("SQ3002", "A formula is an expression or a straight-line block", "The policy language lacks {0}; write locals, 'if' with returns, and one expression", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3002.md");
    public static readonly DiagnosticDescriptor State = new("SQ3003", "A formula reads its parameters alone", "'{0}' is state: take it as a parameter, from a [Tunable] or a [PolicyState], or make it a constant", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3003.md");
    public static readonly DiagnosticDescriptor Allocation = new("SQ3004", "A formula does not allocate", "'{0}' allocates; a formula computes with numbers alone", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3004.md");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotPartial, NotReadonlyStruct, NoScore, ScoreAndTerm, UnknownParameter, UnknownWeight, EmptyRange, MethodShape, ScoreOrder, UnknownState, UnknownCall, UnknownStatement, State, Allocation);
}
