using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Tests;

/// <summary>Mistakes that compile: each is reported, and what is right beside it is not.</summary>
public sealed class SilentMistakeTests
{
    private const string Lru = "[Score] static double S(double lastAccess) => lastAccess;";

    [Theory]
    [InlineData("[Admission(Checkpoints.Interval)]", "keeps a checkpoint every 0 tokens")]
    [InlineData("[Admission(Checkpoints.Interval, Every = -32)]", "keeps a checkpoint every -32 tokens")]
    [InlineData("[Admission(Checkpoints.Interval | Checkpoints.LastToken)]", "give Every")]
    [InlineData("[Admission(Checkpoints.Interval, Every = 100, Align = 32)]", "no multiple of Align = 32")]
    [InlineData("[Admission(Checkpoints.LastToken, Every = 32)]", "no effect without Checkpoints.Interval")]
    [InlineData("[Admission(Checkpoints.LastToken, Align = 0)]", "Align = 0")]
    [InlineData("[Admission(Checkpoints.LastToken, Align = -4)]", "Align = -4")]
    [InlineData("[Admission((Checkpoints)64)]", "names no checkpoints")]
    [InlineData("[Admission(Checkpoints.Logarithmic)]", "after 0 tokens")]
    [InlineData("[Admission(Checkpoints.Logarithmic | Checkpoints.Interval, Every = 32)]", "both Interval and Logarithmic")]
    [InlineData("[Admission(Checkpoints.Logarithmic, Every = 100, Align = 32)]", "no multiple of Align = 32")]
    [InlineData("[Admission(Checkpoints.BranchPoint, LeastSaving = -1)]", "LeastSaving = -1")]
    [InlineData("[Admission(Checkpoints.LastToken, LeastSaving = 64)]", "no effect without Checkpoints.BranchPoint")]
    public async Task AnAdmissionThatSaysNothingIsAnError(string admission, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(Lru, attribute: "[EvictionPolicy] " + admission)));
        Assert.Equal(("SQ1013", DiagnosticSeverity.Error), (found.Id, found.Severity));
        Assert.Contains(message, found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Admission(Checkpoints.None)]")]
    [InlineData("[Admission(Checkpoints.Interval, Every = 32)]")]
    [InlineData("[Admission(Checkpoints.Interval | Checkpoints.LastToken, Every = 64, Align = 16)]")]
    [InlineData("[Admission(Checkpoints.BranchPoint, Align = 64)]")]
    [InlineData("[Admission(Checkpoints.BranchPoint, LeastSaving = 64)]")]
    [InlineData("[Admission(Checkpoints.Logarithmic | Checkpoints.BranchLag, Every = 64, Align = 16)]")]
    public async Task AnAdmissionThatSaysWhereCheckpointsStandIsSilent(string admission)
        => Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy(Lru, attribute: "[EvictionPolicy] " + admission)));

    [Theory]
    [InlineData("SQ1007", "[Tunable(0, 2)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, BootstrapTuner(\"A\")]")]
    [InlineData("SQ1007", "[Tunable(0, 2)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, ShadowTuner(\"A\")]")]
    [InlineData("SQ1006", "[Tunable(0, 2, Step = 1)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, ShadowTuner(\"A\", \"B\")]")]
    [InlineData("SQ1006", "[Tunable(0, 2, Step = 1)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, ShadowTuner]")]
    [InlineData("SQ1008", "[Tunable(0, 2, Step = 1)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, BootstrapTuner(\"A\"), ShadowTuner(\"A\")]")]
    [InlineData("SQ1008", "[Tunable(0, 2)] public double A { get; init; } = 1; [Score] static double S(double hits, double a) => hits * a;")]
    [InlineData("SQ1008", "[PolicyState] double L { get; init; } = 1; [OnEvict(nameof(L))] static double U(double victimScore) => victimScore; [Score] static double S(double hits, double l) => hits + l;")]
    [InlineData("SQ1009", "[PolicyState] double Level { get; init; } [Score] static double S(double lastAccess, double level) => lastAccess + level;")]
    [InlineData("SQ1009", "[Feature(Unit.Count), OnInsert] static double First(double hits) => hits; [Score] static double S(double first, double lastAccess) => first * lastAccess;")]
    [InlineData("SQ1009", "[Feature(Unit.Count), OnInsert] static double Kids(double children) => children + 1; [Score] static double S(double kids, double lastAccess) => kids * lastAccess;")]
    [InlineData("SQ2001", "[PolicyState] double Gap { get; init; } [OnHit(nameof(Gap))] static double Learn(double now, double inserted) => 1 / (now - inserted); [Score] static double S(double hits, double gap) => hits + gap;")]
    [InlineData("SQ2001", "[PolicyState] double Gap { get; init; } [OnHit(nameof(Gap))] static double Learn(double gap, double hits) => gap + hits; [Score] static double S(double now, double gap) => now / gap;")]
    [InlineData("SQ5001", "[PolicyState] double Gap { get; init; } [OnHit(nameof(Gap))] static double Learn(double now, double tokens) => now + tokens; [Score] static double S(double hits, double gap) => hits + gap;")]
    [InlineData("SQ1010", "[PolicyState] double Gap { get; init; } [OnHit(nameof(Gap))] static double Learn(double now) => now; [Score] static double S(double hits) => hits;")]
    [InlineData("SQ2003", "[Score] static float S(float lastAccess) => lastAccess;", "[EvictionPolicy(Precision = Precision.Single)]")]
    [InlineData("SQ2006", "[Score] static double S(double now, double lastAccess) => now - lastAccess;")]
    [InlineData("SQ2006", "[Score] static double S(double hits) => 1 / hits;")]
    [InlineData("SQ2007", "[Term(Normalize = Normalize.MinMax, Weight = 1e18)] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    [InlineData("SQ2009", "[Score] static double S(double lastAccess, double checkpointBytes) => lastAccess + checkpointBytes * 0.001;", "[EvictionPolicy, Admission(Checkpoints.None)]")]
    [InlineData("SQ2009", "[Score] static double S(double hits, double children) => hits + children;")]
    [InlineData("SQ2010", "[Score] static double S(double priority, double lastAccess) => priority * 1e18 + lastAccess;")]
    [InlineData("SQ2010", "[Score] static double S(double priority, double hits) => hits - 1e17 * priority;")]
    [InlineData("SQ2011", "[Score] static double S(double hits, double priority) => priority == double.NaN ? 0 : hits;")]
    [InlineData("SQ2011", "[Score] static double S(double hits, double priority) => double.NaN < priority ? 0 : hits;")]
    public async Task AMistakeThatCompilesIsReported(string id, string body, string attribute = "[EvictionPolicy]")
        => Assert.Contains(id, await Compiled.DiagnoseIds(Compiled.Policy(body, attribute: attribute)));

    [Theory]
    [InlineData("[Tunable(0, 2, Step = 0.5)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, BootstrapTuner(\"A\")]")]
    [InlineData("[Tunable(0, 2, Step = 0.5)] public double A { get; init; } [Term] static double T(double hits) => hits; [Term(Weight = nameof(A))] static double U(double priority) => priority;", "[EvictionPolicy, ShadowTuner(\"A\")]")]
    [InlineData("[PolicyState] double Level { get; init; } [OnEvict(nameof(Level))] static double Raise(double victimScore) => victimScore; [Score] static double S(double hits, double level) => hits + level;")]
    [InlineData("[PolicyState] double Level { get; init; } [OnHit(nameof(Level))] static double Raise(double level, double tokens) => level + (tokens - level) / 100; [Score] static double S(double hits, double level) => hits + level;")]
    [InlineData("[PolicyState] double Made { get; init; } [OnInsert(nameof(Made))] static double Count(double made, double parentHits) => made + parentHits; [Score] static double S(double hits, double made) => hits + made;")]
    [InlineData("[Feature(Unit.Bytes), OnInsert] static double Size(double bytesHeld) => bytesHeld; [Score] static double S(double size, double hits) => hits / Math.Max(size, 1);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => now - lastAccess;", "[EvictionPolicy(EvictsUsed = true)]")]
    [InlineData("[Score] static double S(double lastAccess, double checkpointBytes) => lastAccess * (1 + checkpointBytes * 0.001);", "[EvictionPolicy, Admission(Checkpoints.LastToken)]")]
    [InlineData("[Score] static double S(double now, double lastAccess, double children) => (1 + children) / Math.Max(now - lastAccess, 1);", "[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]")]
    [InlineData("[Score] static double S(double priority, double hits) => priority * 1e6 + hits;")]
    [InlineData("[Score] static double S(double hits, double priority) => double.IsNaN(priority) ? 0 : hits;")]
    [InlineData("[Term(Normalize = Normalize.MinMax, Weight = 1000.0)] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    public async Task WhatIsRightBesideItIsSilent(string body, string attribute = "[EvictionPolicy]")
        => Assert.DoesNotContain(await Compiled.Diagnose(Compiled.Policy(body, attribute: attribute)), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);

    [Theory]
    [InlineData("[Score] static double S(double lastAccess) => lastAccess;", "Score")]
    [InlineData("[Term] static double T(double lastAccess) => lastAccess;", "Term")]
    public async Task AScoreWithoutAPolicyIsReported(string body, string role)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body, attribute: "")));
        Assert.Equal("SQ1014", found.Id);
        Assert.Contains($"has [{role}], but 'P' is no policy", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APolicyInAGenericTypeIsToldSo()
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose($"using Squelch; public partial class Box<T> {{ [EvictionPolicy] public readonly partial struct P {{ {Lru} }} }}"));
        Assert.Contains("outside of generic types", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>In a checked project the conversion of the result to double is checked too, and cannot throw.</summary>
    [Theory]
    [InlineData("=> unchecked(hits + 1);")]
    [InlineData("{ unchecked { return hits + 1; } }")]
    public async Task UncheckedArithmeticIsTheSameInBothForms(string body)
    {
        string source = Compiled.Policy($"[Score] static double S(int hits) {body}");
        Assert.DoesNotContain(
            (await Compiled.DiagnoseChecked(source)).Select(diagnostic => diagnostic.Id),
            id => id.StartsWith("SQ3", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AClockOfTheMachineIsCalledStateThatCannotBeCalled()
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy("[Score] static double S(double lastAccess) => lastAccess - Environment.TickCount64;")));
        Assert.Equal("SQ3003", found.Id);
        Assert.Contains("state, which a formula cannot call or read", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <summary>A cache of values knows no tree; what it gives of a key is no mistake, nor is a cache of prefixes.</summary>
    [Theory]
    [InlineData("depthTokens", "class C { object O = new Squelch.Caching.PolicyCache<int, int, P>(new() { Capacity = 1 }); }", true)]
    [InlineData("pathBytes", "class C { Squelch.Caching.PolicyMemoryCache<P>? O; }", true)]
    [InlineData("turn", "class C { object O = typeof(Squelch.Caching.PolicyCache<string, int, P>); }", true)]
    [InlineData("bytesHeld", "class C { Squelch.Caching.PolicyCache<int, int, P>? O; }", false)]
    [InlineData("depthTokens", "class C { PrefixCache<P>? O; System.Collections.Generic.List<P>? L; }", false)]
    public async Task ACacheOfValuesUnderAPolicyOfTreesIsAnError(string feature, string use, bool reported)
    {
        string policy = Compiled.Policy($"[Score] static double S(double lastAccess) => lastAccess; [Score(Order = 1)] static double T(double {feature}) => {feature};");
        Diagnostic[] found = await Compiled.Diagnose(policy + use);
        Assert.Equal(reported ? ["SQ1015"] : [], found.Select(diagnostic => diagnostic.Id));
        Assert.All(found, diagnostic => Assert.Contains($"'P' reads {feature},", diagnostic.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
    }
}
