using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Squelch.Generators.FrontEnd;

/// <summary>The rules' ids: what the front end and the analyzers report, and what the fixes correct.</summary>
internal static class RuleIds
{
    public const string NotPartial = "SQ1001";
    public const string NotReadonlyStruct = "SQ1002";
    public const string NoScore = "SQ1003";
    public const string ScoreAndTerm = "SQ1004";
    public const string UnknownParameter = "SQ1005";
    public const string UnknownWeight = "SQ1006";
    public const string EmptyRange = "SQ1007";
    public const string MethodShape = "SQ1008";
    public const string NeverUpdated = "SQ1009";
    public const string NeverRead = "SQ1010";
    public const string ScoreOrder = "SQ1011";
    public const string UnknownState = "SQ1012";
    public const string Admission = "SQ1013";
    public const string NoPolicy = "SQ1014";
    public const string TreePolicy = "SQ1015";
    public const string DivisionByZero = "SQ2001";
    public const string NotFinite = "SQ2002";
    public const string PrecisionLoss = "SQ2003";
    public const string ConstantScore = "SQ2004";
    public const string ConstantTerm = "SQ2005";
    public const string EvictsThePopular = "SQ2006";
    public const string WeightWithoutEffect = "SQ2007";
    public const string OneTermDecides = "SQ2008";
    public const string ConstantInput = "SQ2009";
    public const string RoundedAway = "SQ2010";
    public const string NaNComparison = "SQ2011";
    public const string UnknownCall = "SQ3001";
    public const string UnknownStatement = "SQ3002";
    public const string State = "SQ3003";
    public const string Allocation = "SQ3004";
    public const string NoKernel = "SQ4001";
    public const string DoubleOnDevice = "SQ4002";
    public const string MixedUnits = "SQ5001";
    public const string UnitInFunction = "SQ5002";
    public const string MixedTerms = "SQ5003";
    public const string FullScan = "SQ6001";
    public const string RedundantColumn = "SQ6002";
}

/// <summary>Names of the facts that a rule tells its fix, or a test, besides the message.</summary>
internal static class Facts
{
    /// <summary>The nearest name that is known.</summary>
    public const string Name = "name";

    /// <summary>The method whose parameters have the values of <see cref="At"/>.</summary>
    public const string Method = "method";

    /// <summary>Terms, separated by commas.</summary>
    public const string Terms = "terms";

    /// <summary>Where whole numbers lose: <see cref="Division"/>, <see cref="Cast"/> or <see cref="Parameter"/>.</summary>
    public const string Kind = "kind";

    public const string Division = "division";
    public const string Cast = "cast";
    public const string Parameter = "parameter";

    /// <summary>The index of the argument at fault.</summary>
    public const string Argument = "argument";

    /// <summary>The least value that the argument may have.</summary>
    public const string Least = "least";

    /// <summary>The greatest value that the argument may have.</summary>
    public const string Most = "most";

    /// <summary><see cref="Yes"/> where the divisor is never negative, so that Math.Max(divisor, 1) is a guard.</summary>
    public const string Guard = "guard";

    /// <summary><see cref="Yes"/> where the result can be clamped, and no argument.</summary>
    public const string ClampsResult = "result";

    public const string Yes = "1";

    /// <summary>A parameter's value in a counter-example.</summary>
    public static string At(string parameter) => "at:" + parameter;
}

/// <summary>The rules. Each has a page in docs/rules and a row in the release files; a test holds them together.</summary>
internal static class Rules
{
    private const string Declaration = "Squelch.Declaration";
    private const string Numbers = "Squelch.Numbers";
    private const string Language = "Squelch.Language";
    private const string Device = "Squelch.Device";
    private const string Units = "Squelch.Units";
    private const string Plan = "Squelch.Plan";

    public static readonly DiagnosticDescriptor NotPartial = new(RuleIds.NotPartial, "A policy type is partial", "'{0}' must be partial, so that the policy compiler can add to it", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.NotPartial));
    public static readonly DiagnosticDescriptor NotReadonlyStruct = new(RuleIds.NotReadonlyStruct, "A policy is a readonly struct", "'{0}' must be {1}: a policy is a value without state of its own", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.NotReadonlyStruct));
    public static readonly DiagnosticDescriptor NoScore = new(RuleIds.NoScore, "A policy has a score", "'{0}' has no [Score] and no [Term]: give it one, or a Selector", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.NoScore));
    public static readonly DiagnosticDescriptor ScoreAndTerm = new(RuleIds.ScoreAndTerm, "A policy has scores or terms", "'{0}' has both [Score] and [Term]: a score is the whole formula, a term a summand of it; keep one kind", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.ScoreAndTerm));
    public static readonly DiagnosticDescriptor UnknownParameter = new(RuleIds.UnknownParameter, "A parameter names an input", "'{0}' is no feature, tunable or policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.UnknownParameter));
    public static readonly DiagnosticDescriptor UnknownWeight = new(RuleIds.UnknownWeight, "A weight names a tunable", "'{0}' names no tunable; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.UnknownWeight));
    public static readonly DiagnosticDescriptor EmptyRange = new(RuleIds.EmptyRange, "A tunable has a range", "The range of '{0}' {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.EmptyRange));
    public static readonly DiagnosticDescriptor MethodShape = new(RuleIds.MethodShape, "Members of a policy are static methods of numbers, and doubles", "'{0}' cannot be part of a policy: {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.MethodShape));
    public static readonly DiagnosticDescriptor NeverUpdated = new(RuleIds.NeverUpdated, "A custom feature is updated from what it has", "'{0}' {1}", Declaration, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.NeverUpdated));
    public static readonly DiagnosticDescriptor NeverRead = new(RuleIds.NeverRead, "A declared input is read", "No score depends on '{0}': remove it, or read it", Declaration, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.NeverRead));
    public static readonly DiagnosticDescriptor ScoreOrder = new(RuleIds.ScoreOrder, "Scores are numbered from 0", "The scores of '{0}' have the orders {1}; number them from 0 without a gap", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.ScoreOrder));
    public static readonly DiagnosticDescriptor UnknownState = new(RuleIds.UnknownState, "An event names a policy state", "'{0}' is no policy state; {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.UnknownState));
    public static readonly DiagnosticDescriptor Admission = new(RuleIds.Admission, "An admission says where checkpoints stand", "The admission of '{0}' {1}", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.Admission));
    public static readonly DiagnosticDescriptor NoPolicy = new(RuleIds.NoPolicy, "A score belongs to a policy", "'{0}' has [{1}], but '{2}' is no policy, so nothing reads it: mark the type with [EvictionPolicy]", Declaration, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.NoPolicy));
    public static readonly DiagnosticDescriptor TreePolicy = new(RuleIds.TreePolicy, "A cache of values takes a policy of keys", "'{0}' reads {1}, which only a prefix tree has, so a cache of values refuses it: take another policy, or leave that out of the formula", Declaration, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.TreePolicy));
    public static readonly DiagnosticDescriptor DivisionByZero = new(RuleIds.DivisionByZero, "A division has no zero below it", "'{0}' divides by zero at {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.DivisionByZero));
    public static readonly DiagnosticDescriptor NotFinite = new(RuleIds.NotFinite, "A score is a finite number", "'{0}' is {1} at {2}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.NotFinite));
    public static readonly DiagnosticDescriptor PrecisionLoss = new(RuleIds.PrecisionLoss, "Whole numbers keep their value", "'{0}' {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.PrecisionLoss));
    public static readonly DiagnosticDescriptor ConstantScore = new(RuleIds.ConstantScore, "A score tells nodes apart", "'{0}' {1}, so it tells no node from another", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.ConstantScore));
    public static readonly DiagnosticDescriptor ConstantTerm = new(RuleIds.ConstantTerm, "A normalised term differs between candidates", "'{0}' {1}: normalised over the candidates it is always 1; remove it", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.ConstantTerm));
    public static readonly DiagnosticDescriptor EvictsThePopular = new(RuleIds.EvictsThePopular, "A score rises with use", "'{0}' falls as {1} grows: what is used {2} is evicted first; turn its sign, or say [EvictionPolicy(EvictsUsed = true)]", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.EvictsThePopular));
    public static readonly DiagnosticDescriptor WeightWithoutEffect = new(RuleIds.WeightWithoutEffect, "A weight balances terms", "The weight of '{0}' {1}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.WeightWithoutEffect));
    public static readonly DiagnosticDescriptor OneTermDecides = new(RuleIds.OneTermDecides, "Terms have comparable scales", "'{0}' changes in steps of at least {1}, more than all other terms together span (about {2}), so it always decides: normalise the terms, or say so with [Score(Order)]", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.OneTermDecides));
    public static readonly DiagnosticDescriptor ConstantInput = new(RuleIds.ConstantInput, "An input differs between nodes", "'{0}' is always {1} in '{2}': {3}", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.ConstantInput));
    public static readonly DiagnosticDescriptor RoundedAway = new(RuleIds.RoundedAway, "A sum keeps what it adds", "'{0}' rounds '{1}' away: numbers of that size are {2} or more apart; take a smaller factor, or a second score with [Score(Order = 1)]", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.RoundedAway));
    public static readonly DiagnosticDescriptor NaNComparison = new(RuleIds.NaNComparison, "NaN is asked for by IsNaN", "'{0}' is always {1}, because nothing compares with NaN: write double.IsNaN", Numbers, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.NaNComparison));
    public static readonly DiagnosticDescriptor UnknownCall = new(RuleIds.UnknownCall, "A formula calls what the language has", "'{0}' cannot be called in a formula; {1}", Language, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.UnknownCall));
    public static readonly DiagnosticDescriptor UnknownStatement = new(RuleIds.UnknownStatement, "A formula is an expression or a straight-line block", "The policy language lacks {0}; write locals, 'if' with returns, and one expression", Language, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.UnknownStatement));
    public static readonly DiagnosticDescriptor State = new(RuleIds.State, "A formula reads its parameters alone", "'{0}' is state, which a formula cannot call or read: {1}", Language, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.State));
    public static readonly DiagnosticDescriptor Allocation = new(RuleIds.Allocation, "A formula does not allocate", "'{0}' allocates; {1}", Language, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.Allocation));
    public static readonly DiagnosticDescriptor NoKernel = new(RuleIds.NoKernel, "A policy for the GPU fits a kernel", "'{0}' asks for the GPU, but {1}", Device, DiagnosticSeverity.Error, true, helpLinkUri: PageOf(RuleIds.NoKernel));
    public static readonly DiagnosticDescriptor DoubleOnDevice = new(RuleIds.DoubleOnDevice, "A policy for the GPU is no wider than it needs", "'{0}' is scored in double precision; Precision.Single would halve the device traffic with a relative error of at most {1}", Device, DiagnosticSeverity.Info, true, helpLinkUri: PageOf(RuleIds.DoubleOnDevice));
    public static readonly DiagnosticDescriptor MixedUnits = new(RuleIds.MixedUnits, "What is added or compared has one unit", "'{0}' {1} {2} and {3}", Units, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.MixedUnits));
    public static readonly DiagnosticDescriptor UnitInFunction = new(RuleIds.UnitInFunction, "Transcendental functions take bare numbers", "'{0}' takes a quantity in {1}; divide it by a quantity of that unit first", Units, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.UnitInFunction));
    public static readonly DiagnosticDescriptor MixedTerms = new(RuleIds.MixedTerms, "Terms of one score have one unit", "'{0}' gives {1} and '{2}' {3}: their sum means nothing unless both are normalised", Units, DiagnosticSeverity.Warning, true, helpLinkUri: PageOf(RuleIds.MixedTerms));
    public static readonly DiagnosticDescriptor FullScan = new(RuleIds.FullScan, "A policy can be searched with bounds", "'{0}' is run by a full scan: {1}", Plan, DiagnosticSeverity.Info, true, helpLinkUri: PageOf(RuleIds.FullScan));
    public static readonly DiagnosticDescriptor RedundantColumn = new(RuleIds.RedundantColumn, "A policy keeps the columns it needs", "'{0}' keeps the column '{1}', which follows from '{2}': write both with the same expression, so that one column serves", Plan, DiagnosticSeverity.Info, true, helpLinkUri: PageOf(RuleIds.RedundantColumn));

    /// <summary>All of them: the fields above, which come before this one so that they are set.</summary>
    public static ImmutableArray<DiagnosticDescriptor> All { get; } =
        typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().ToImmutableArray();

    private static string PageOf(string id) => "https://github.com/squelch/squelch/blob/main/docs/rules/" + id + ".md";
}
