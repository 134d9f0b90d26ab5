namespace Squelch.Tool.Tests;

/// <summary>What is said of an ablation, on hit rates that are made up.</summary>
public sealed class AblationAnswerTests
{
    private static readonly PolicyCatalog s_catalog = PolicyAssemblies.Load([]);
    private static readonly AblationSpace s_space = new(PolicySettings.Of(s_catalog.Find("Marconi")), s_catalog);

    [Fact]
    public void WhatThePolicyHasMayPayOnlyTogether()
    {
        AblationResults results = Of(names => 0.5 - (names.Contains("leaves") || names.Contains("whole path") ? 0.027 : 0) - (names.Contains("Alpha 1") ? 0.04 : 0));

        string[] said = [.. AblationAnswer.Of(results)];

        Assert.Equal(
            [
                "Marconi as it is, Alpha 0, untuned: 50.00 % of input tokens are hits, in the mean of 2 cells (1 trace at 2 sizes of the cache).",
                "What matters most: score \"Alpha 1\", -4.00 points; no change alone gains as much as 0.5.",
                "Candidates \"at most one child\" and touch \"deepest node\", as it is, pay only together: over candidates \"leaves\" and touch \"whole path\" +2.70 points, the first alone 0.00, the second alone 0.00.",
                "Of all 100 combinations the policy as it is is the best.",
            ],
            said);
        Assert.Equal(2.7, results.Pairs[0].Interaction, 1e-9);
    }

    [Fact]
    public void WhatItCouldHaveMayToo()
    {
        AblationResults results = Of(names => 0.5 + (names.Contains("random") && names.Contains("aligned to 64 tokens") ? 0.03 : 0) + (names.Contains("with every 8,192 tokens") ? 0.01 : 0));

        string[] said = [.. AblationAnswer.Of(results)];

        Assert.Contains("Score \"random\" and admission \"aligned to 64 tokens\" pay only together: +3.00 points, the first alone 0.00, the second alone 0.00.", said);
        Assert.Contains("What matters most: admission \"with every 8,192 tokens\", +1.00 points; no change alone costs as much as 0.5.", said);
        Assert.EndsWith("the best is score \"random\" + admission \"aligned to 64 tokens\": +3.00 points.", said[^1], StringComparison.Ordinal);
    }

    /// <summary>A change alone, and with and without it among all combinations of the others.</summary>
    [Fact]
    public void EffectsAreMeansOverCells()
    {
        AblationResults results = Of((names, cell) => 0.5 + (names.Contains("leaves") ? names.Contains("whole path") ? 0.05 : 0.01 * (cell + 1) : 0));

        ChangeEffect leaves = results.Effects.Single(effect => effect.Change.Name == "leaves");

        Assert.Equal(1.5, leaves.Mean, 1e-9);
        Assert.Equal((1.0, 2.0), (Math.Round(leaves.Worst.Points, 9), Math.Round(leaves.Best.Points, 9)));
        Assert.Equal((1.5 + 5) / 2, leaves.Everywhere, 1e-9);
    }

    private static AblationResults Of(Func<string[], double> hitRate) => Of((names, _) => hitRate(names));

    private static AblationResults Of(Func<string[], int, double> hitRate)
        => new(s_space, [.. Enumerable.Range(0, 2).Select(cell => new AblationCell("made up", (cell + 1) * 1_000_000_000L, [.. s_space.Combinations.Select(changes => hitRate([.. changes.Select(change => change.Name)], cell))]))]);
}
