namespace Squelch.Analyzers.Tests;

/// <summary>SQ4001, SQ4002, SQ6001 and SQ6002: what a policy asks of the GPU, and what keeps its plan from being a good one.</summary>
public class DeviceAndPlanRuleTests
{
    private const string Gpu = "[EvictionPolicy(Gpu = true)]";

    [Theory]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double S(double now, double lastAccess) => Math.Log(1 + now - lastAccess);", Gpu)]
    [InlineData("[Score] static double S(double now, double lastAccess) => (int)Math.Pow(1 + now - lastAccess, 0.3);", Gpu)]
    [InlineData("[Score] static double S(double now, double lastAccess) => (now - lastAccess) % 7;", Gpu)]
    [InlineData("[ReuseTable(1)] static double C() => 0; [Score] static double S(double hazard) => hazard;", Gpu)]
    public async Task WhatNoDeviceHasIsReported(string body, string attribute) => Assert.Contains("SQ4001", await Compiled.DiagnoseIds(Compiled.Policy(body, attribute: attribute)));

    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess) => Math.Log(1 + now - lastAccess);", Gpu)]
    [InlineData("[Score] static float S(float now, float lastAccess) => MathF.Log(1 + now - lastAccess);", "[EvictionPolicy(Gpu = true, Precision = Precision.Single)]")]
    [InlineData("[Score] static double S(double tokens) => Math.Sqrt(tokens);", Gpu)]
    [InlineData("[Score] static double S(double tokens) => Math.Pow(tokens, 0.3) % 7;", Gpu)]
    [InlineData("[Feature][OnInsert] static double F(double tokens) => Math.Log(tokens); [Score] static double S(double f) => f;", Gpu)]
    public async Task WhatADeviceHasIsNot(string body, string attribute) => Assert.DoesNotContain("SQ4001", await Compiled.DiagnoseIds(Compiled.Policy(body, attribute: attribute)));

    [Fact]
    public async Task AHandWrittenSelectorHasNoKernel()
        => Assert.Equal(["SQ4001"], await Compiled.DiagnoseIds(Compiled.Policy("", attribute: "[EvictionPolicy(Gpu = true, Selector = typeof(Mine))]") + "abstract class Base : IVictimSelector;\nsealed class Mine(NodeTable nodes, ulong seed) : Base { }"));

    [Theory]
    [InlineData("[Score] static double S(double hits, double flopsSaved, double bytesHeld) => hits * flopsSaved / bytesHeld;", true)]
    [InlineData("[Score] static double S(double hits, double now, double inserted) => hits / Math.Max(now - inserted, 1);", false)]
    [InlineData("[Score] static double S(double nextUse, double hits) => nextUse + hits;", false)]
    public async Task SinglePrecisionIsProposedWhereItsErrorIsBounded(string body, bool proposed)
        => Assert.Equal(proposed, (await Compiled.DiagnoseIds(Compiled.Policy(body, attribute: Gpu))).Contains("SQ4002"));

    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess, double hits) => hits * Math.Pow(now - lastAccess + 1, lastAccess / 1e16);")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double now, double lastAccess, double hits) => hits / Math.Max(now - lastAccess, 1); [Term(Normalize = Normalize.MinMax)] static double U(double tokens) => tokens;")]
    [InlineData("[Score] static double S(double now, double lastAccess, double hits) => hits * ((now - lastAccess) % 5);")]
    public async Task AFullScanIsExplained(string body) => Assert.Contains("SQ6001", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Score] static double S(double draw) => draw;")]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / Math.Max(now - lastAccess, 1);")]
    [InlineData("[Score] static double S(long hits) => hits % 5;")]
    [InlineData("[Score] static double S(double now, double lastAccess, double hits) => now - lastAccess > 5 ? 0 : hits > 3 ? 2 : 1;")]
    [InlineData("[Score] static double S(double now, double nextUse) => -Math.Abs(nextUse - now);")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double now, double lastAccess) => 1 / (1 + now - lastAccess); [Term(Normalize = Normalize.MinMax)] static double U(double tokens) => tokens;")]
    public async Task AScanThatIsMeantOrPrunedIsNot(string body) => Assert.DoesNotContain("SQ6001", await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double tokens) => tokens; [Term(Normalize = Normalize.MinMax)] static double U(double tokens) => Math.Sqrt(tokens);", true)]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double tokens) => tokens; [Term(Normalize = Normalize.MinMax)] static double U(double tokens, double hits) => tokens * hits;", false)]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double tokens) => tokens; [Term(Normalize = Normalize.MinMax)] static double U(double hits) => hits;", false)]
    public async Task AColumnThatFollowsFromAnotherIsReported(string body, bool reported)
        => Assert.Equal(reported, (await Compiled.DiagnoseIds(Compiled.Policy(body))).Contains("SQ6002"));
}
