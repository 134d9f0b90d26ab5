using System.Globalization;
using Microsoft.CodeAnalysis;
using Squelch.Generators.FrontEnd;

namespace Squelch.Analyzers.Tests;

/// <summary>Messages name what the author means, not only what was found.</summary>
public class MessageTests
{
    [Theory]
    [InlineData("frequency", "did you mean 'hits' (requests that used the node")]
    [InlineData("Freq", "did you mean 'hits'")]
    [InlineData("recency", "did you mean 'lastAccess'")]
    [InlineData("size", "did you mean 'bytesHeld'")]
    [InlineData("missCost", "did you mean 'cost'")]
    [InlineData("flops", "did you mean 'flopsSaved'")]
    [InlineData("depth", "did you mean 'depthTokens'")]
    [InlineData("random", "did you mean 'draw'")]
    [InlineData("latency", "no feature is a latency: 'flopsSaved' comes nearest")]
    [InlineData("lastAcess", "did you mean 'lastAccess'?")]
    [InlineData("zzzzzzzz", "`squelch features` list the features")]
    public async Task ANameOfAnotherFieldIsAnsweredWithOurs(string name, string part)
        => await AssertSays("SQ1005", part, $"[Score] static double S(double hits, double {name}) => hits + {name};");

    /// <summary>A parent is there when a node is made; the features of a moment are nobody's.</summary>
    [Theory]
    [InlineData("[Score] static double S(double parentHits) => parentHits;", "a parent's features are read when a node is made")]
    [InlineData("[Feature, OnInsert, OnHit] static double F(double parentHits) => parentHits; [Score] static double S(double f) => f;", "a parent's features are read when a node is made")]
    [InlineData("[Feature, OnInsert] static double F(double parentNow) => parentNow; [Score] static double S(double f) => f;", "is no feature")]
    [InlineData("[Feature, OnInsert] static double F(double parentFrequency) => parentFrequency; [Score] static double S(double f) => f;", "is no feature")]
    public async Task AParentIsReadWhereANodeIsMade(string members, string part) => await AssertSays("SQ1005", part, members);

    /// <summary>What the policy has itself is meant before what others call a feature.</summary>
    [Fact]
    public async Task ANameNearToATunableMeansTheTunable()
        => await AssertSays("SQ1005", "did you mean 'frequence'?", "[Tunable(0, 1)] public double Frequence { get; init; } [Score] static double S(double hits, double frequency) => hits * frequency;");

    /// <summary>A synonym that names no feature would send the author on a wrong way.</summary>
    [Fact]
    public async Task EverySynonymIsMendedByItsFix()
    {
        foreach (string name in (string[])["frequency", "age", "time", "bytes", "flops", "blocks", "childCount", "ttl", "nextAccess", "rng"])
        {
            Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy($"[Score] static double S(double {name}) => {name};")));
            Assert.True(BuiltInFeatures.All.Any(feature => feature.Name == found.Properties[Facts.Name]), name);
        }
    }

    [Theory]
    [InlineData("0.5", "Weight = 0.5")]
    [InlineData("2", "Weight = 2")]
    [InlineData("-1e-3", "Weight = -0.001")]
    public async Task AWeightInQuotesIsAnsweredWithTheNumber(string weight, string part)
        => await AssertSays("SQ1006", part, $"[Term(Weight = \"{weight}\")] static double A(double hits) => hits; [Term] static double B(double children) => children;");

    [Theory]
    [InlineData("SQ3001", "Random.Shared.NextDouble()", "'draw'")]
    [InlineData("SQ3004", "new Random(7).NextDouble()", "'draw'")]
    [InlineData("SQ3001", "System.Security.Cryptography.RandomNumberGenerator.GetInt32(10)", "'draw'")]
    [InlineData("SQ3003", "DateTime.Now.Ticks", "'now'")]
    [InlineData("SQ3003", "Environment.TickCount64", "'now'")]
    [InlineData("SQ3001", "System.Diagnostics.Stopwatch.GetTimestamp()", "'now'")]
    [InlineData("SQ3003", "Environment.ProcessorCount", "[Tunable]")]
    [InlineData("SQ3001", "Math.Cbrt(hits)", "Math.Sqrt")]
    public async Task WhatAFeatureGivesIsNotLookedForElsewhere(string rule, string formula, string part)
        => await AssertSays(rule, part, $"[Score] static double S(double hits) => hits + {formula};");

    [Theory]
    [InlineData("SQ2002", "[Score] static double S(double hits) => Math.Exp(hits);", "hits = 710")]
    [InlineData("SQ2002", "[Score] static double S(double hits) => double.Exp2(hits);", "hits = 1024")]
    [InlineData("SQ2002", "[Score] static double S(double now) => Math.Exp(now);", "now = 710")]
    [InlineData("SQ2002", "[Score] static double S(double hits) => Math.Exp(hits / 10);", "hits = 7098")]
    [InlineData("SQ2002", "[Score] static double S(double now, double lastAccess) => Math.Exp(now - lastAccess);", "now = 711, lastAccess = 1")]
    [InlineData("SQ2001", "[Score] static double S(double tokens) => 1 / (tokens - 5);", "tokens = 5")]
    public async Task ACounterExampleIsAsSmallAsItCanBe(string rule, string body, string part)
        => await AssertSays(rule, part, body);

    private static async Task AssertSays(string rule, string part, string body)
    {
        Diagnostic[] found = await Compiled.Diagnose(Compiled.Policy(body));
        Assert.Contains(found, diagnostic => diagnostic.Id == rule && diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains(part, StringComparison.Ordinal));
    }
}
