using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Tests;

/// <summary>What is said of a reuse table that is wrong, and what is proven of one that is right.</summary>
public class ReuseTableTests
{
    private const string Table = "[ReuseTable(classes: 4)] static double Uses(double hits) => hits - 1;";
    private const string Score = "[Score] static double S(double hitDensity, double bytesHeld) => hitDensity / bytesHeld;";

    [Theory]
    [InlineData(Table + Score)]
    [InlineData("[ReuseTable(classes: 64)] static int C(long turn, double flopsSaved) => flopsSaved > 3 ? (int)turn : 0; [Score] static double S(double reuseChance) => reuseChance;")]
    [InlineData("[Tunable(1, 9)] public double Width { get; init; } [Feature, OnInsert] static double F(double tokens) => tokens; [ReuseTable(2)] static double C(double f, double width) => f / width; [Score] static double S(double survival) => survival;")]
    [InlineData(Table + "[Score] static double S(double hazard, double hitDensity) => Math.Min(hazard, hitDensity);")]
    public async Task ARightTableIsSilent(string body) => Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("SQ1005", Score, "'hitDensity' is no feature, tunable or policy state; a reuse table has it: declare one by [ReuseTable(classes: 1)]")]
    [InlineData("SQ1005", Table + Score + "[PolicyState] double L { get; init; } [OnEvict(nameof(L))] static double R(double hazard) => hazard;", "read by a [Score] or a [Term] alone")]
    [InlineData("SQ1005", Table + Score + "[Feature, OnHit] static double F(double reuseChance) => reuseChance;", "read by a [Score] or a [Term] alone")]
    [InlineData("SQ1005", "[ReuseTable(2)] static double C(double survival) => survival;" + Score, "read by a [Score] or a [Term] alone")]
    [InlineData("SQ1008", "[ReuseTable(0)] static double C(double hits) => hits;" + Score, "a reuse table has 1 to 64 classes, not 0")]
    [InlineData("SQ1008", "[ReuseTable(65)] static double C(double hits) => hits;" + Score, "not 65")]
    [InlineData("SQ1008", "[ReuseTable(2)] static double C(double now) => now;" + Score, "it reads neither now nor draw nor a policy state")]
    [InlineData("SQ1008", "[ReuseTable(2)] static double C(double draw) => draw;" + Score, "it reads neither now nor draw nor a policy state")]
    [InlineData("SQ1008", "[ReuseTable(2)] double C(double hits) => hits;" + Score, "it must be static")]
    [InlineData("SQ1008", Table + "[ReuseTable(2)] static double Other(double hits) => hits;" + Score, "'Uses' gives the class of the policy's reuse table already")]
    [InlineData("SQ1008", "[Feature, OnInsert] static double Hazard(double hits) => hits; [Score] static double S(double hits) => hits;", "a name that is taken")]
    [InlineData("SQ1010", Table + "[Score] static double S(double lastAccess) => lastAccess;", "No score depends on 'Uses'")]
    [InlineData("SQ2001", "[ReuseTable(2)] static double C(double hits) => 1 / (hits - 1);" + Score, "divides by zero")]
    [InlineData("SQ2001", Table + "[Score] static double S(double reuseChance) => 1 / reuseChance;", "reuseChance = 0")]
    [InlineData("SQ2006", Table + "[Score] static double S(double hazard, double hits) => hazard - hits;", "falls as hits grows")]
    [InlineData("SQ5001", Table + "[Score] static double S(double hitDensity, double now, double lastAccess) => hitDensity + (now - lastAccess);", "1 per tick")]
    public async Task AWrongOneIsReported(string rule, string body, string part)
    {
        Diagnostic[] found = await Compiled.Diagnose(Compiled.Policy(body));
        Assert.Contains(found, diagnostic => diagnostic.Id == rule && diagnostic.GetMessage(CultureInfo.InvariantCulture).Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void WhatItSaysIsProven()
    {
        var descriptor = (PolicyDescriptor)Compiled.Load(Compiled.Policy(Table + Score)).GetType("N.P", throwOnError: true)!.GetProperty("Descriptor")!.GetValue(null)!;
        ProofDescriptor proof = Assert.Single(descriptor.Proofs);
        Assert.Equal((0, 1 << 20, Certainty.Finite, "1 per byte and tick"), (proof.Minimum, proof.Maximum, proof.Certainty, proof.Unit));
        Assert.Equal([new("hitDensity", Trend.Rises), new("bytesHeld", Trend.Falls)], proof.Trends.AsEnumerable());
        Assert.Equal(PlanKind.PrunedScan, descriptor.Plan.Kind);
        Assert.Contains("reuse table of 4 classes, Uses = hits - 1", descriptor.Formula);
    }
}
