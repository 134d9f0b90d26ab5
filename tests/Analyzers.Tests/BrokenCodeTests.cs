using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Squelch.Analyzers.Tests;

/// <summary>An editor shows code in all states: neither the analyzer nor the generator fails on any.</summary>
public class BrokenCodeTests
{
    private const string Whole = """
        using System;
        using Squelch;
        namespace N;
        [EvictionPolicy(Candidates = Candidates.AtMostOneChild, Precision = Precision.Double)]
        [Admission(Checkpoints.Interval, Every = 32)]
        [BootstrapTuner(nameof(Alpha), Multiplier = 5)]
        public readonly partial struct P
        {
            [Tunable(0, 2, Step = 0.1, Default = 1)] public double Alpha { get; init; }
            [PolicyState] double Level { get; init; }
            [Feature(Unit.None)][OnInsert] static double F(double level) => level + 1;
            [Feature(Unit.None)][OnHit] static double F(double f, double hits, double now) => f + Math.Exp(-hits) / Math.Max(now, 1);
            [Term(Normalize = Normalize.MinMax)] static double Recency(double now, double lastAccess) { double age = now - lastAccess; if (age > 0) { return 1 / age; } return 2; }
            [Term(Normalize = Normalize.MinMax, Weight = nameof(Alpha))] static double Saved(double flopsSaved, double bytesHeld, double f) => (flopsSaved > 1 ? flopsSaved : f) / bytesHeld;
            [OnEvict(nameof(Level))] static double Raise(double victimScore) => victimScore;
        }
        """;

    /// <summary>Every prefix of a policy, as it is typed.</summary>
    [Fact]
    public async Task APolicyThatIsBeingTyped()
    {
        for (int length = Whole.IndexOf("[EvictionPolicy", StringComparison.Ordinal); length <= Whole.Length; length += 7)
        {
            await Survives(Whole[..length]);
        }
    }

    /// <summary>Every policy that lacks one token.</summary>
    [Fact]
    public async Task APolicyThatLacksAToken()
    {
        SyntaxToken[] tokens = [.. (await Compiled.Compilation(Whole).SyntaxTrees[0].GetRootAsync()).DescendantTokens()];
        for (int i = 7; i < tokens.Length; i++)
        {
            await Survives(Whole.Remove(tokens[i].SpanStart, tokens[i].Span.Length));
        }
    }

    [Theory]
    [InlineData("[Tunable] public double A { get; init; } [Score] static double S(double a) => a;")]
    [InlineData("[Tunable(0)] public double A { get; init; } [Score] static double S(double a) => a;")]
    [InlineData("[Tunable(\"x\", null)] public double A { get; init; } [Score] static double S(double a) => a;")]
    [InlineData("[Tunable(0, 1), Tunable(0, 2)] public double A { get; init; } [Score] static double S(double a) => a;")]
    [InlineData("[Score, Score(Order = 1)] static double S(double hits) => hits;")]
    [InlineData("[Score, Term] static double S(double hits) => hits;")]
    [InlineData("[Score(Order = \"x\")] static double S(double hits) => hits;")]
    [InlineData("[Score(Order = int.MaxValue)] static double S(double hits) => hits;")]
    [InlineData("[Term(Weight = typeof(int))] static double S(double hits) => hits;")]
    [InlineData("[Term(Weight = new[] { 1 })] static double S(double hits) => hits;")]
    [InlineData("[Term(Weight = double.NaN)] static double S(double hits) => hits; [Term(Weight = double.PositiveInfinity)] static double T(double tokens) => tokens;")]
    [InlineData("[Term(Weight = 'x')] static double S(double hits) => hits;")]
    [InlineData("[Term(Weight = null)] static double S(double hits) => hits;")]
    [InlineData("[Term(Normalize = (Normalize)9)] static double S(double hits) => hits;")]
    [InlineData("[OnEvict] static double S(double hits) => hits;")]
    [InlineData("[Feature((Unit)99), OnInsert] static double F(double hits) => hits; [Score] static double S(double f) => f;")]
    [InlineData("[Score] static double S(double hits);")]
    [InlineData("[Score] static extern double S(double hits);")]
    [InlineData("[Score] static partial double S(double hits);")]
    [InlineData("[Score] static double S(double hits) { }")]
    [InlineData("[Score] static double S(double hits, double hits) => hits;")]
    [InlineData("[Score] static double S(double) => 1;")]
    [InlineData("[Score] static double S(params double[] hits) => 1;")]
    [InlineData("[Score] static double S(in double hits) => hits;")]
    [InlineData("[Score] static double S(double hits = double.NaN) => hits;")]
    [InlineData("[Score] static double S(double hits) => S2(); static double S2(double x = 3) => x;")]
    [InlineData("[Score] static double S(double hits) => hits / 0;")]
    [InlineData("[Score] static double S(double hits) => 1 / 0;")]
    [InlineData("[Score] static double S(long hits) => hits % 0;")]
    [InlineData("[Score] static double S(double hits) => double.NaN;")]
    [InlineData("[Score] static double S(double hits) => hits * double.PositiveInfinity;")]
    [InlineData("[Score] static double S(double hits) => hits > double.NaN ? 1 : hits;")]
    [InlineData("[Score] static double S(long hits) => (hits << 70) + long.MinValue / -1;")]
    [InlineData("[Score] static double S(long hits) => Math.Abs(long.MinValue + hits) + int.MinValue;")]
    [InlineData("[Score] static double S(double hits) => (double)(Half)hits;")]
    [InlineData("[Score] static double S(double hits) => (double)DayOfWeek.Friday + hits;")]
    [InlineData("[Score] static double S(nint hits) => hits;")]
    [InlineData("[Score] static double S(double? hits) => hits ?? 1;")]
    [InlineData("[Score] static double S(dynamic hits) => hits;")]
    [InlineData("[Score] static unsafe double S(double* hits) => *hits;")]
    [InlineData("[Score] static ref double S(ref double hits) => ref hits;")]
    [InlineData("[Score] static async System.Threading.Tasks.Task<double> S(double hits) => await System.Threading.Tasks.Task.FromResult(hits);")]
    [InlineData("[Score] static System.Collections.Generic.IEnumerable<double> S(double hits) { yield return hits; }")]
    [InlineData("public static double operator +(P a, P b) => 1; public double this[int i] => i; event Action E; [Score] static double S(double hits) => hits;")]
    [InlineData("static P() { } public P() { } [Score] static double S(double hits) => hits;")]
    [InlineData("[Score] static double S(double hits) => hits; [Score] static double S(double tokens, double hits) => hits;")]
    [InlineData("[Tunable(0, 1)] static double A { get; set; } [Tunable(0, 1)] public double this[int i] => 1; [Score] static double S(double hits) => hits;")]
    [InlineData("[Tunable(double.MinValue, double.MaxValue)] public double A { get; init; } [Score] static double S(double hits, double a) => hits * a / (a + 1);")]
    [InlineData("[Tunable(-5, 5)] public double A { get; init; } [PolicyState] double A2 { get; init; } [OnEvict(nameof(A2))] static double R(double a2, double a) => a2 / a; [Score] static double S(double hits, double a2) => hits / a2;")]
    [InlineData("[Feature, OnInsert, OnHit] static double F(double g) => g; [Feature, OnInsert, OnHit] static double G(double f) => f * 2; [Score] static double S(double f, double g) => f / g;")]
    public async Task OddMembers(string body) => await Survives(Compiled.Policy(body));

    [Theory]
    [InlineData("[EvictionPolicy] class C;")]
    [InlineData("[Squelch.EvictionPolicy] readonly partial struct S")]
    [InlineData("using Squelch; [EvictionPolicy] [EvictionPolicy] readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using Squelch; [EvictionPolicy] readonly partial struct S { [Score] static double T(double hits) => hits; } [EvictionPolicy] readonly partial struct S { }")]
    [InlineData("using Squelch; [EvictionPolicy] readonly partial struct S { } readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using Squelch; interface I { [EvictionPolicy] readonly partial struct S { [Score] static double T(double hits) => hits; } }")]
    [InlineData("using Squelch; partial interface I<in T> { [EvictionPolicy] readonly partial struct S { [Score] static double T(double hits) => hits; } }")]
    [InlineData("using Squelch; namespace A { partial record R(int X) { [EvictionPolicy] public readonly partial struct S { [Score] static double T(double hits) => hits; } } }")]
    [InlineData("using Squelch; [EvictionPolicy(Selector = typeof(Missing))] readonly partial struct S;")]
    [InlineData("using Squelch; [EvictionPolicy(Selector = null)] readonly partial struct S;")]
    [InlineData("using Squelch; [EvictionPolicy(Candidates = (Candidates)7, Touch = (Touch)9, Precision = (Precision)3)] readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using Squelch; [EvictionPolicy][Admission][BootstrapTuner(null)] readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using Squelch; [EvictionPolicy][ShadowTuner(null)] readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using Squelch; [EvictionPolicy][ShadowTuner(null, Missing)][BootstrapTuner] readonly partial struct S { [Score] static double T(double hits) => hits; }")]
    [InlineData("using static System.Math; using D = System.Double; using Squelch; [EvictionPolicy] readonly partial struct S { [Score] static D T(D hits) => Sqrt(hits) + Max(hits, PI); }")]
    [InlineData("using Squelch; [EvictionPolicy] readonly partial struct Größe { [Score] static double Été(double hits) => hits; }")]
    public async Task OddTypes(string source) => await Survives(source);

    [Fact]
    public async Task VeryDeepAndVeryWide()
    {
        await Survives(Compiled.Policy("[Score] static double S(double hits) => " + new string('(', 300) + "hits" + new string(')', 300) + ";"));
        await Survives(Compiled.Policy("[Score] static double S(double hits) => " + string.Join(" + ", Enumerable.Repeat("hits", 800)) + ";"));
        await Survives(Compiled.Policy(string.Concat(Enumerable.Range(0, 100).Select(i => $"[Term(Normalize = Normalize.MinMax)] static double T{i}(double hits, double now) => hits / Math.Max(now, {i + 1});\n"))));
        await Survives(Compiled.Policy(string.Concat(Enumerable.Range(0, 40).Select(i => $"static double H{i}(double x) => {(i == 0 ? "x" : $"H{i - 1}(x) + 1")};\n")) + "[Score] static double S(double hits) => H39(hits);"));
    }

    /// <summary>An editor waits for it. Generous: the work is bounded by operations, which a slow machine does slowly.</summary>
    [Fact]
    public async Task AHopelessFormulaIsGivenUpSoon()
    {
        string source = Compiled.Policy("[Score] static double S(double hits, double tokens, double kvBytes, double priority, double now, double lastAccess, double draw) => "
            + string.Join(" + ", Enumerable.Range(0, 90).Select(i => $"hits / (1 + Math.Abs(tokens * {i}.7 - kvBytes - priority + draw) - {i} * 0.0001 * (now - lastAccess))")) + ";");
        await Survives(source);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        await Survives(source);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    private static async Task Survives(string source)
    {
        var crashes = new ConcurrentBag<string>();
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (thrown, _, _) => crashes.Add(thrown.ToString()), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        await new CompilationWithAnalyzers(Compiled.Compilation(source), [new PolicyAnalyzer()], options).GetAnalyzerDiagnosticsAsync(CancellationToken.None);
        Assert.True(crashes.IsEmpty, $"{source}\n{string.Join("\n", crashes)}");
        try
        {
            Compiled.Generate(Compiled.Compilation(source));
        }
        catch (Xunit.Sdk.EmptyException crash)
        {
            Assert.Fail($"{source}\n{crash.Message}");
        }
    }
}
