namespace Squelch.Tests.Caching.Model;

/// <summary>
/// The cache beside <see cref="PlainCache"/> under every combination of admission, candidates, touch, page, alignment and interval, on random requests
/// and with so little room that edges are joined and cut all the time: hits, contents, bytes and victims are equal, and no state is lost or freed twice.
/// </summary>
public sealed class SweepTests
{
    private const int Steps = 120;

    [Fact]
    public void TheCacheDoesWhatThePlainOneDoes()
    {
        PlainSetting[] settings = [.. PlainSetting.All()];
        int joins = 0;
        int leaves = 0;
        Parallel.ForEach(settings.Index(), indexed =>
        {
            var run = new SweepRun(indexed.Item, seed: indexed.Index);
            int step = 0;
            try
            {
                for (; step < Steps; step++)
                {
                    run.Step();
                }
            }
            catch (Exception exception)
            {
                throw new Xunit.Sdk.XunitException($"{indexed.Item}, seed {indexed.Index}, step {step}: {exception.Message}", exception);
            }

            Interlocked.Add(ref joins, run.Joins);
            Interlocked.Add(ref leaves, run.Leaves);
        });
        Assert.True(joins > settings.Length && leaves > 10 * settings.Length, $"{joins} joins and {leaves} leaves in {settings.Length} runs: nothing is tried");
    }

    /// <summary>Blocks are where edges of several came from: each of their settings evicts by joins, and finds what is left.</summary>
    [Fact]
    public void BlocksAreJoinedWhereThePolicyAllowsIt()
    {
        foreach (PlainSetting setting in PlainSetting.All().Where(setting => setting is { BlockPages: > 0, Candidates: Candidates.AtMostOneChild, IsHybrid: true }))
        {
            var run = new SweepRun(setting with { Order = "any", Budget = 4 }, seed: 7);
            for (int step = 0; step < 2 * Steps; step++)
            {
                run.Step();
            }

            Assert.True(run.Joins > 0, $"{setting} joins nothing");
        }
    }
}
