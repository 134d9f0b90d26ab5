using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers;

/// <summary>The rules. Each has a page in docs/rules and a row in the release files; a test holds the four together.</summary>
internal static class Descriptors
{
    private const string Declaration = "Squelch.Declaration";
    private const string Numbers = "Squelch.Numbers";
    private const string Language = "Squelch.Language";
    private const string Device = "Squelch.Device";
    private const string Units = "Squelch.Units";
    private const string Plan = "Squelch.Plan";
    private const string Pages = "https://github.com/squelch/squelch/blob/main/docs/rules/";

    public static readonly DiagnosticDescriptor NotPartial = new("SQ1001", "A policy type is partial", "'{0}' must be partial, so that the policy compiler can add to it", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1001.md");
    public static readonly DiagnosticDescriptor NotReadonlyStruct = new("SQ1002", "A policy is a readonly struct", "'{0}' must be {1}: a policy is a value without state of its own", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1002.md");
    public static readonly DiagnosticDescriptor NoScore = new("SQ1003", "A policy has a score", "'{0}' has no [Score] and no [Term]: give it one, or a Selector", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1003.md");
    public static readonly DiagnosticDescriptor ScoreAndTerm = new("SQ1004", "A policy has scores or terms", "'{0}' has both [Score] and [Term]: a score is the whole formula, a term a summand of it; keep one kind", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1004.md");
    public static readonly DiagnosticDescriptor UnknownParameter = new("SQ1005", "A parameter names an input", "'{0}' is no feature, tunable or policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1005.md");
    public static readonly DiagnosticDescriptor UnknownWeight = new("SQ1006", "A weight names a tunable", "'{0}' names no tunable; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1006.md");
    public static readonly DiagnosticDescriptor EmptyRange = new("SQ1007", "A tunable has a range", "The range of '{0}' {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1007.md");
    public static readonly DiagnosticDescriptor MethodShape = new("SQ1008", "Members of a policy are static methods of numbers, and doubles", "'{0}' cannot be part of a policy: {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1008.md");
    public static readonly DiagnosticDescriptor NeverUpdated = new("SQ1009", "A custom feature is updated from what it has", "'{0}' {1}", Declaration, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ1009.md");
    public static readonly DiagnosticDescriptor NeverRead = new("SQ1010", "A declared input is read", "No score depends on '{0}': remove it, or read it", Declaration, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ1010.md");
    public static readonly DiagnosticDescriptor ScoreOrder = new("SQ1011", "Scores are numbered from 0", "The scores of '{0}' have the orders {1}; number them from 0 without a gap", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1011.md");
    public static readonly DiagnosticDescriptor UnknownState = new("SQ1012", "OnEvict names a policy state", "'{0}' is no policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ1012.md");
    public static readonly DiagnosticDescriptor DivisionByZero = new("SQ2001", "A division has no zero below it", "'{0}' divides by zero at {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2001.md");
    public static readonly DiagnosticDescriptor NotFinite = new("SQ2002", "A score is a finite number", "'{0}' is {1} at {2}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2002.md");
    public static readonly DiagnosticDescriptor PrecisionLoss = new("SQ2003", "Whole numbers keep their value", "'{0}' {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2003.md");
    public static readonly DiagnosticDescriptor ConstantScore = new("SQ2004", "A score tells nodes apart", "'{0}' {1}, so it tells no node from another", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2004.md");
    public static readonly DiagnosticDescriptor ConstantTerm = new("SQ2005", "A normalised term differs between candidates", "'{0}' {1}: normalised over the candidates it is always 1; remove it", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2005.md");
    public static readonly DiagnosticDescriptor EvictsThePopular = new("SQ2006", "A score rises with use", "'{0}' falls as {1} grows: what is used {2} is evicted first", Numbers, DiagnosticSeverity.Info, true, helpLinkUri: Pages + "SQ2006.md");
    public static readonly DiagnosticDescriptor WeightWithoutEffect = new("SQ2007", "A weight balances terms", "The weight of '{0}' {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2007.md");
    public static readonly DiagnosticDescriptor OneTermDecides = new("SQ2008", "Terms have comparable scales", "'{0}' changes in steps of at least {1}, more than all other terms together span (about {2}), so it always decides: normalise the terms, or say so with [Score(Order)]", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ2008.md");
    public static readonly DiagnosticDescriptor UnknownCall = new("SQ3001", "A formula calls what the language has", "'{0}' cannot be called in a formula; there are the policy's own static methods and {1}", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3001.md");
    public static readonly DiagnosticDescriptor UnknownStatement = new("SQ3002", "A formula is an expression or a straight-line block", "The policy language lacks {0}; write locals, 'if' with returns, and one expression", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3002.md");
    public static readonly DiagnosticDescriptor State = new("SQ3003", "A formula reads its parameters alone", "'{0}' is state: take it as a parameter, from a [Tunable] or a [PolicyState], or make it a constant", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3003.md");
    public static readonly DiagnosticDescriptor Allocation = new("SQ3004", "A formula does not allocate", "'{0}' allocates; a formula computes with numbers alone", Language, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ3004.md");
    public static readonly DiagnosticDescriptor NoKernel = new("SQ4001", "A policy for the GPU fits a kernel", "'{0}' asks for the GPU, but {1}", Device, DiagnosticSeverity.Error, true, helpLinkUri: Pages + "SQ4001.md");
    public static readonly DiagnosticDescriptor DoubleOnDevice = new("SQ4002", "A policy for the GPU is no wider than it needs", "'{0}' is scored in double precision; Precision.Single would halve the device traffic with a relative error of at most {1}", Device, DiagnosticSeverity.Info, true, helpLinkUri: Pages + "SQ4002.md");
    public static readonly DiagnosticDescriptor MixedUnits = new("SQ5001", "What is added or compared has one unit", "'{0}' {1} {2} and {3}", Units, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ5001.md");
    public static readonly DiagnosticDescriptor UnitInFunction = new("SQ5002", "Transcendental functions take bare numbers", "'{0}' takes a quantity in {1}; divide it by a quantity of that unit first", Units, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ5002.md");
    public static readonly DiagnosticDescriptor MixedTerms = new("SQ5003", "Terms of one score have one unit", "'{0}' gives {1} and '{2}' {3}: their sum means nothing unless both are normalised", Units, DiagnosticSeverity.Warning, true, helpLinkUri: Pages + "SQ5003.md");
    public static readonly DiagnosticDescriptor FullScan = new("SQ6001", "A policy can be searched with bounds", "'{0}' is run by a full scan: {1}", Plan, DiagnosticSeverity.Info, true, helpLinkUri: Pages + "SQ6001.md");
    public static readonly DiagnosticDescriptor RedundantColumn = new("SQ6002", "A policy keeps the columns it needs", "'{0}' keeps the column '{1}', which follows from '{2}': write both with the same expression, so that one column serves", Plan, DiagnosticSeverity.Info, true, helpLinkUri: Pages + "SQ6002.md");

    public static ImmutableArray<DiagnosticDescriptor> All { get; } = ImmutableArray.Create(
        NotPartial, NotReadonlyStruct, NoScore, ScoreAndTerm, UnknownParameter, UnknownWeight, EmptyRange, MethodShape,
        NeverUpdated, NeverRead, ScoreOrder, UnknownState, DivisionByZero, NotFinite, PrecisionLoss, ConstantScore,
        ConstantTerm, EvictsThePopular, WeightWithoutEffect, OneTermDecides, UnknownCall, UnknownStatement, State, Allocation,
        NoKernel, DoubleOnDevice, MixedUnits, UnitInFunction, MixedTerms, FullScan, RedundantColumn);
}
