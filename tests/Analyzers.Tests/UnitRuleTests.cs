using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Tests;

/// <summary>SQ5001 to SQ5003.</summary>
public class UnitRuleTests
{
    [Theory]
    [InlineData("[Score] static double S(double tokens, double bytesHeld) => tokens + bytesHeld;", "'tokens + bytesHeld' adds tokens and bytes")]
    [InlineData("[Score] static double S(double lastAccess, double bytesHeld) => lastAccess - bytesHeld;", "'lastAccess - bytesHeld' subtracts ticks and bytes")]
    [InlineData("[Score] static double S(double tokens, double kvBytes, double hits) => tokens > kvBytes ? hits : 0;", "'tokens > kvBytes' compares tokens and bytes")]
    [InlineData("[Score] static double S(double tokens, double hits) => Math.Min(tokens, hits);", "'Math.Min(tokens, hits)' compares tokens and a bare number")]
    [InlineData("[Score] static double S(double flopsSaved, double bytesHeld, double now, double lastAccess) => flopsSaved / bytesHeld + 1 / (now - lastAccess + 1);", "'flopsSaved / bytesHeld + 1 / (now - lastAccess + 1)' adds FLOPs per byte and 1 per tick")]
    [InlineData("[Score] static double S(double tokens, double depthTokens) => tokens * tokens + depthTokens;", "'tokens * tokens + depthTokens' adds tokens² and tokens")]
    [InlineData("[Score] static double S(double tokens, double bytesHeld) => Math.Sqrt(bytesHeld) - tokens;", "'Math.Sqrt(bytesHeld) - tokens' subtracts bytes^(1/2) and tokens")]
    [InlineData("[Score] static double S(double tokens, double kvBytes) => Half(tokens) + Half(kvBytes); static double Half(double x) => x * 1;", "'Half(tokens) + Half(kvBytes)' adds tokens and bytes")]
    [InlineData("[Feature(Unit.Tokens)][OnInsert] static double F(double tokens) => tokens; [Score] static double S(double f, double bytesHeld) => f + bytesHeld;", "'f + bytesHeld' adds tokens and bytes")]
    [InlineData("[Score] static double S(double hits, double tokens, double kvBytes) => hits > 3 ? tokens : kvBytes;", "'hits > 3 ? tokens : kvBytes' chooses between tokens and bytes")]
    public async Task MixedUnitsAreReported(string body, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Id.StartsWith("SQ5", StringComparison.Ordinal));
        Assert.Equal("SQ5001", found.Id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[Score] static double S(double tokens, double depthTokens) => tokens + depthTokens;")]
    [InlineData("[Score] static double S(double tokens) => tokens + 5 > 12 ? Math.Max(tokens, 64) : tokens / 2 - 1;")]
    [InlineData("[Score] static double S(double now, double inserted, double lastAccess) => lastAccess + now - inserted;")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Score] static double S(double tokens, double bytesHeld, double a) => tokens * a + bytesHeld;")]
    [InlineData("[Score] static double S(double tokens, double bytesHeld) => 2.5 * tokens + bytesHeld;")]
    [InlineData("[Score] static double S(double tokens, double bytesHeld) => tokens / bytesHeld + tokens / bytesHeld;")]
    [InlineData("[Score] static double S(double hits, double priority, double draw) => hits + priority + draw;")]
    [InlineData("[Feature][OnInsert] static double F(double tokens) => tokens; [Score] static double S(double f, double bytesHeld) => f + bytesHeld;")]
    [InlineData("[Score] static double S(double tokens, double depthTokens) => Math.Sqrt(tokens * tokens) + Math.Pow(depthTokens, 1);")]
    [InlineData("[Score] static double S(double tokens, double bytesHeld) => Math.Log(tokens / 4096) + Math.Log(1 + bytesHeld / 1024.0);")]
    [InlineData("[Score] static double S(double hits) => Math.Log(hits) + Math.Exp(-hits);")]
    [InlineData("[Tunable(1, 9, Default = 2)] public double Life { get; init; } [Score] static double S(double now, double lastAccess, double life, double hits) => hits * Math.Exp2(-(now - lastAccess) / Math.Max(life, 1));")]
    [InlineData("[Score] static double S(double bytesHeld) => Math.Log2(bytesHeld);")]
    [InlineData("[Score] static double S(double now, double lastAccess) => -Math.Log2(1 + now - lastAccess);")]
    [InlineData("[Score] static double S(double flopsSaved, double bytesHeld) => 2 * Math.Log(flopsSaved + 1) - Math.Log10(bytesHeld) / 3;")]
    public async Task FittingUnitsAreNot(string body)
        => Assert.DoesNotContain(await Compiled.DiagnoseIds(Compiled.Policy(body)), id => id.StartsWith("SQ5", StringComparison.Ordinal));

    [Theory]
    [InlineData("[Score] static double S(double hits, double tokens) => hits * Math.Log(tokens);", "'Math.Log(tokens)' takes a quantity in tokens; divide it by a quantity of that unit first")]
    [InlineData("[Score] static double S(double now, double lastAccess) => Math.Exp(lastAccess - now);", "'Math.Exp(lastAccess - now)' takes a quantity in ticks; divide it by a quantity of that unit first")]
    [InlineData("[Score] static double S(double hits, double tokens) => Math.Pow(1 / (1 + hits), tokens);", "'Math.Pow(1 / (1 + hits), tokens)' takes a quantity in tokens; divide it by a quantity of that unit first")]
    [InlineData("[Score] static double S(double hits, double tokens) => Math.Pow(tokens, 1 / hits);", "'Math.Pow(tokens, 1 / hits)' takes a quantity in tokens; divide it by a quantity of that unit first")]
    public async Task AFunctionOfAUnitIsReported(string body, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Id.StartsWith("SQ5", StringComparison.Ordinal));
        Assert.Equal("SQ5002", found.Id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task AMethodCalledTwiceIsOnePlace()
        => Assert.Single(
            await Compiled.DiagnoseIds(Compiled.Policy("[Score] static double S(double tokens, double depthTokens) => Size(tokens) * Size(depthTokens); static double Size(double x) => Math.Log(x);")),
            id => id == "SQ5002");

    [Theory]
    [InlineData("[Term] static double T(double tokens) => tokens; [Term] static double U(double flopsSaved) => flopsSaved;", "T,U", "'U' gives FLOPs and 'T' tokens: their sum means nothing unless both are normalised")]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double tokens) => tokens; [Term] static double U(double flopsSaved) => flopsSaved;", "U", "'U' gives FLOPs and 'T' a bare number: their sum means nothing unless both are normalised")]
    public async Task TermsOfDifferentUnitsAreReported(string body, string terms, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Id == "SQ5003");
        Assert.Equal(terms, found.Properties["terms"]);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("[Term(Normalize = Normalize.MinMax)] static double T(double tokens) => tokens; [Term(Normalize = Normalize.MinMax)] static double U(double flopsSaved) => flopsSaved;")]
    [InlineData("[Term] static double T(double tokens) => tokens; [Term] static double U(double depthTokens) => depthTokens;")]
    [InlineData("[Term] static double T(double tokens) => 0.001 * tokens; [Term] static double U(double flopsSaved) => flopsSaved;")]
    public async Task TermsOfOneUnitAreNot(string body) => Assert.DoesNotContain("SQ5003", await Compiled.DiagnoseIds(Compiled.Policy(body)));
}
