using Squelch.Generators.Analysis;
using Squelch.Generators.FrontEnd;
using Squelch.Generators.Functions;

namespace Squelch.Generators.Tests.Analysis;

/// <summary>What a score can be after any number of evictions, each of which may move the policy's state.</summary>
public sealed class LegalRangesTests
{
    /// <summary>The first swings ever wider, to both sides; the second grows to one; the third stays between its limits.</summary>
    [Theory]
    [InlineData("-level + children / 3", "victimScore", double.NegativeInfinity, double.PositiveInfinity)]
    [InlineData("level + children", "victimScore", 0, double.PositiveInfinity)]
    [InlineData("level - children", "Math.Max(victimScore, -3)", -4, 0)]
    public void AStateIsFollowedToWhereNothingGrows(string score, string next, double low, double high)
    {
        BoundPolicy bound = Compiled.Bind(Compiled.Policy(
            $$"""
            [PolicyState] double Level { get; init; }
            [OnEvict(nameof(Level))] static double Next(double victimScore) => {{next}};
            [Score] static double S(double level, double children) => {{score}};
            """,
            attribute: "[EvictionPolicy(Candidates = Candidates.AtMostOneChild)]"));
        ValueRange range = new LegalRanges(bound.Model!).Scoring().Of(bound.Model!.Scores[0].Body);

        Assert.Equal((low, high), (range.Low, range.High));
    }
}
