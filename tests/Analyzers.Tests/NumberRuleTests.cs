using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Tests;

/// <summary>SQ2001 to SQ2008: what is reported was seen to happen, and what cannot happen is not reported.</summary>
public class NumberRuleTests
{
    [Theory]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double Recency(double now, double lastAccess) => 1 / (now - lastAccess);")]
    [InlineData("[Score] static double S(double now, double inserted, double hits) => hits / (now - inserted);")]
    [InlineData("[Score] static double S(double hits, double tokens) => tokens / (hits - 5);")]
    [InlineData("[Score] static double S(double hits, double flopsSaved) => hits / flopsSaved;")]
    [InlineData("[Score] static double S(double kvBytes, double flopsSaved) { double saved = flopsSaved; if (kvBytes > 100) return saved / (kvBytes - 200); return 1; }")]
    [InlineData("[Score] static double S(double tokens, double hits) => hits / Math.Log2(tokens);")]
    [InlineData("[Score] static double S(long hits, long tokens) => Math.Floor(1.0 * (tokens % (hits - 1)));")]
    [InlineData("[Score] static double S(double draw) => 1 / draw;")]
    [InlineData("[Tunable(-1, 1)] public double A { get; init; } [Score] static double S(double hits, double a) => hits / a;")]
    [InlineData("[Feature][OnInsert] static double Stamp(double now) => now; [Score] static double S(double now, double stamp) => 1 / (now - stamp);")]
    [InlineData("[PolicyState] double Age { get; init; } [OnEvict(nameof(Age))] static double R(double victimScore) => victimScore; [Score] static double S(double hits, double age) => hits / age;")]
    [InlineData("[Score] static double S(double hits) => Inverse(hits - 1); static double Inverse(double x) => 1 / x;")]
    public async Task ADivisionByZeroIsShown(string body) => await TheFaultHappens("SQ2001", Compiled.Policy(body));

    [Theory]
    [InlineData("[Score] static double S(double kvBytes) => Math.Log(kvBytes);")]
    [InlineData("[Score] static double S(double tokens, double hits) => Math.Sqrt(tokens - hits);")]
    [InlineData("[Score] static double S(double hits) => Math.Exp(hits);")]
    [InlineData("[Score] static double S(double hits, double flopsSaved) => flopsSaved * flopsSaved * flopsSaved * flopsSaved * Math.Pow(hits, 20);")]
    [InlineData("[Score] static double S(double nextUse, double flopsSaved) => nextUse * flopsSaved;")]
    [InlineData("[Score] static double S(double nextUse, double expires) => nextUse - expires;")]
    [InlineData("[Score] static double S(double hits, double tokens) => Math.Pow(hits - tokens, 0.5);")]
    [InlineData("[Score] static double S(double hits, double tokens) => Math.Clamp(3, hits, tokens);")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double Far(double nextUse) => -nextUse;")]
    [InlineData("[Score] static double S(double draw) => -Math.Log(draw);")]
    public async Task AnotherNumberThatIsNoneIsShown(string body) => await TheFaultHappens("SQ2002", Compiled.Policy(body));

    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, 1);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / (now - lastAccess + 1);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / (1 + now - lastAccess);")]
    [InlineData("[Score] static double S(double now, double lastAccess) { double age = now - lastAccess; if (age > 0) return 1 / age; return 2; }")]
    [InlineData("[Score] static double S(double now, double lastAccess) => now != lastAccess ? 1 / (now - lastAccess) : 2;")]
    [InlineData("[Score] static double S(double hits, double tokens) => hits > 5 && tokens / (hits - 5) > 2 ? 1 : hits;")]
    [InlineData("[Score] static double S(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;")]
    [InlineData("[Score] static double S(double depthTokens, double tokens) => 1 / (depthTokens - tokens + 1);")]
    [InlineData("[Score] static double S(double depthTokens, double tokens) => Math.Sqrt(depthTokens - tokens);")]
    [InlineData("[Score] static double S(double tokens) => Math.Log(tokens) + Math.Log2(tokens + 1);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / (1 + Math.Exp(now - lastAccess));")]
    [InlineData("[Score] static double S(double kvBytes) => double.IsNaN(Math.Sqrt(kvBytes - 5)) ? 0 : 1 + kvBytes;")]
    [InlineData("[Score] static double S(double nextUse) => -nextUse;")]
    [InlineData("[Score] static double S(double now, double expires) => expires - now;")]
    [InlineData("[Score] static double S(double draw) => 1 / (1 - draw);")]
    [InlineData("[Tunable(1, 2)] public double A { get; init; } [Score] static double S(double hits, double a) => hits / Math.Max(a, 1);")]
    [InlineData("[Feature][OnInsert, OnHit] static double Stamp(double now) => now; [Score] static double S(double now, double stamp) => 1 / (now - stamp + 1);")]
    [InlineData("[PolicyState] double Age { get; init; } [OnEvict(nameof(Age))] static double R(double victimScore) => victimScore; [Score] static double S(double hits, double age) => hits / (age + 1);")]
    [InlineData("[PolicyState] double Gap { get; init; } [OnHit(nameof(Gap))] static double R(double now, double inserted) => Math.Clamp(now - inserted, 1, 1000); [Score] static double S(double hits, double gap) => hits / (gap + 1);")]
    [InlineData("[Score] static double S(double hits) => 1 / Math.Sqrt(hits);")]
    [InlineData("[Score] static double S(double pathBytes, double bytesHeld, double kvBytes) => 1 / (pathBytes - bytesHeld + 1) + 1 / (bytesHeld - kvBytes + 1);")]
    public async Task WhatCannotHappenIsNotReported(string body)
        => Assert.DoesNotContain((await Compiled.DiagnoseIds(Compiled.Policy(body))), id => id is "SQ2001" or "SQ2002");

    [Fact]
    public async Task TheMessageGivesTheValues()
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy("[Score] static double S(double now, double lastAccess) => 1 / (now - lastAccess);")));
        Assert.Equal("'1 / (now - lastAccess)' divides by zero at now = 1, lastAccess = 1", found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task TheMessageGivesOnlyWhatIsRead()
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy("[Score] static double S(double bytesHeld, double tokens) => 3 / (tokens - 1);")));
        Assert.Equal("'3 / (tokens - 1)' divides by zero at tokens = 1", found.GetMessage(CultureInfo.InvariantCulture));
        Assert.Equal("1", found.Properties["at:bytesHeld"]);
    }

    [Theory]
    [InlineData("[Term] static double T(double nextUse) => nextUse; [Term] static double U(double expires) => -expires;")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(double nextUse) => nextUse; [Term] static double U(double hits) => hits;")]
    public async Task ASumThatIsNoNumberIsShown(string body)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Id == "SQ2002");
        Assert.StartsWith("'the sum of the terms' is not a number at ", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[Score] static double S(long hits, long tokens) => tokens / hits;")]
    [InlineData("[Score] static double S(int hits) => hits;")]
    [InlineData("[Score] static double S(long now, double lastAccess) => lastAccess - now + now;")]
    [InlineData("[Score] static double S(float tokens) => tokens;")]
    [InlineData("[Score] static double S(double bytesHeld) => (int)bytesHeld;")]
    [InlineData("[Score] static double S(double hits) => hits * (1 / 2) + hits;")]
    [InlineData("[Score] static double S(long flopsSaved) => flopsSaved;")]
    public async Task LostPrecisionIsReported(string body) => Assert.Contains("SQ2003", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Score] static double S(long hits, int tokens) => hits + (double)tokens;")]
    [InlineData("[Score] static double S(double hits) => hits * (4 / 2);")]
    [InlineData("[Score] static double S(double now, double inserted) => (long)((now - inserted) / 32);")]
    public async Task KeptPrecisionIsNotReported(string body) => Assert.DoesNotContain("SQ2003", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Fact]
    public async Task FloatsOfAFloatPolicyAreMeant()
        => Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy("[Score] static float S(float tokens, float hits) => tokens * hits;", attribute: "[EvictionPolicy(Precision = Precision.Single)]")));

    [Theory]
    [InlineData("[Score] static double S() => 3;")]
    [InlineData("[Score] static double S(double now) => now;")]
    [InlineData("[Score] static double S(double hits) => hits * 0;")]
    [InlineData("[Score] static double S(double hits) => hits - hits;")]
    [InlineData("[Score] static double S(double hits) => Math.Min(hits, 0.5);")]
    [InlineData("[Score] static double S(double children) => children;")]
    [InlineData("[Score] static double S(double hits) => hits >= 1 ? 2 : 3;")]
    [InlineData("[Score] static double S(double hits) => hits; [Score(Order = 1)] static double T(double now) => now;")]
    [InlineData("[Term] static double T(double now) => now; [Term] static double U() => 1;")]
    public async Task AConstantScoreIsReported(string body) => Assert.Equal(["SQ2004"], await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Fact]
    public async Task ChildrenOfInnerNodesDiffer()
        => Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy("[Score] static double S(double children) => children;", attribute: "[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]")));

    [Theory]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double now) => now; [Term(Normalize = Normalize.MinMax)] static double U(double hits) => hits;")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double hits) => Math.Max(hits, 1) - hits + 0 * hits - (1 - 1); [Term(Normalize = Normalize.MinMax)] static double U(double children) => children; [Term] static double V(double hits) => hits;")]
    public async Task ATermThatIsTheSameForAllIsReported(string body) => Assert.Contains("SQ2005", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Score] static double S(double lastAccess) => -lastAccess;")]
    [InlineData("[Score] static double S(double hits) => 1 / hits;")]
    [InlineData("[Score] static double S(double now, double lastAccess) => now - lastAccess;")]
    [InlineData("[Score] static double S(double hits) => Math.Exp(-hits);")]
    [InlineData("[Term(Normalize = Normalize.MinMax, Weight = -1.0)] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double tokens) => tokens;")]
    public async Task AScoreThatFallsWithUseIsReported(string body) => Assert.Equal(["SQ2006"], await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Score] static double S(double lastAccess) => lastAccess;")]
    [InlineData("[Score] static double S(double hits) => Math.Abs(hits - 5);")]
    [InlineData("[Tunable(-1, 1)] public double A { get; init; } [Term(Normalize = Normalize.MinMax, Weight = nameof(A))] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double tokens) => tokens;")]
    public async Task AScoreThatRisesOrMayRiseIsNot(string body) => Assert.DoesNotContain("SQ2006", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Term(Weight = 0.0)] static double T(double hits) => hits; [Term] static double U(double tokens) => tokens;")]
    [InlineData("[Term(Weight = 3.0)] static double T(double hits) => hits;")]
    [InlineData("[Tunable(1, 2)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(double hits) => hits;")]
    [InlineData("[Tunable(0, 10)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    public async Task AWeightWithoutSenseIsReported(string body) => Assert.Contains("SQ2007", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Tunable(0, 2)] public double A { get; init; } [Term(Normalize = Normalize.MinMax, Weight = nameof(A))] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(double hits) => hits;")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(double hits) => hits; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    public async Task AWeightThatBalancesIsNot(string body) => Assert.DoesNotContain("SQ2007", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Term] static double T(double hits) => hits; [Term] static double U(double draw) => draw;")]
    [InlineData("[Term] static double T(double tokens) => tokens * 4; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    public async Task ATermThatAlwaysDecidesIsReported(string body) => Assert.Contains("SQ2008", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Term] static double T(double hits) => hits; [Term] static double U(double priority) => priority;")]
    [InlineData("[Term] static double T(double hits) => Math.Sqrt(hits); [Term] static double U(double draw) => draw;")]
    public async Task ATermThatMayLoseIsNot(string body) => Assert.DoesNotContain("SQ2008", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    /// <summary>Runs the author's own method with the values that the diagnostic gives.</summary>
    private static async Task TheFaultHappens(string id, string source)
    {
        Diagnostic[] found = await Compiled.Diagnose(source);
        Diagnostic fault = Assert.Single(found, diagnostic => diagnostic.Id is "SQ2001" or "SQ2002");
        Assert.Equal(id, fault.Id);
        MethodInfo method = Compiled.Load(source).GetType("N.P", throwOnError: true)!
            .GetMethods(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public).Single(method => method.Name == fault.Properties["method"]);
        object[] arguments = [.. method.GetParameters().Select(parameter => Convert.ChangeType(
            double.Parse(fault.Properties["at:" + parameter.Name]!, CultureInfo.InvariantCulture), parameter.ParameterType, CultureInfo.InvariantCulture))];
        object? value;
        try
        {
            value = method.Invoke(null, arguments);
        }
        catch (TargetInvocationException thrown) when (thrown.InnerException is DivideByZeroException or ArgumentException)
        {
            return;
        }

        Assert.False(double.IsFinite(Convert.ToDouble(value, CultureInfo.InvariantCulture)), fault.GetMessage(CultureInfo.InvariantCulture) + $", but it gives {value}");
    }
}
