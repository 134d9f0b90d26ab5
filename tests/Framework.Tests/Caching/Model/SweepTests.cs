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
        int[] actions = new int[Enum.GetValues<StateActionKind>().Length];
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

            foreach (StateActionKind action in Enum.GetValues<StateActionKind>())
            {
                Interlocked.Add(ref actions[(int)action], run.Count(action));
            }
        });
        Assert.True(
            actions[(int)StateActionKind.Join] > settings.Length && actions[(int)StateActionKind.Free] > 10 * settings.Length
                && actions[(int)StateActionKind.FreeCheckpoint] > settings.Length / 10 && actions[(int)StateActionKind.Trim] > settings.Length,
            $"{string.Join(", ", actions)} in {settings.Length} runs: nothing is tried");
    }

    /// <summary>Traces may give one id to blocks of two sizes, where a block has grown. No plain model has that, but no more may be promised than there is.</summary>
    [Fact]
    public void IdsOfSeveralSizesPromiseNoMoreThanTheInputHas()
    {
        Parallel.ForEach(PlainSetting.All().Where(setting => setting.PageTokens > 1).Index(), indexed =>
        {
            (int seed, PlainSetting setting) = indexed;
            var random = new Random(seed);
            using PrefixCache cache = setting.Create(_ => { });
            for (int step = 0; step < Steps; step++)
            {
                int[] pages = [.. Enumerable.Range(0, random.Next(1, 4 + (2 * setting.Unit))).Select(_ => random.Next(8) == 0 ? 1 : 0)];
                int tokens = (pages.Length * setting.PageTokens) - random.Next(setting.PageTokens);
                Lease lease = cache.Lookup(pages, tokens: tokens);
                Assert.InRange(lease.HitTokens, 0, tokens);
                cache.Commit(lease, pages, tokens);
                Assert.InRange(cache.Bytes, 0, setting.Capacity);
                Assert.All(
                    Enumerable.Range(0, cache.Nodes.Capacity).Where(node => cache.Nodes.IsLive(node) && !cache.Nodes.IsRoot(node)),
                    node => Assert.True(cache.Nodes.Tokens(node) >= cache.Nodes.Pages(node), "each page has a token"));
            }
        });
    }

    /// <summary>Blocks are where edges of several came from: each of their settings evicts by joins, and finds what is left.</summary>
    [Fact]
    public void BlocksAreJoinedWhereThePolicyAllowsIt()
    {
        foreach (PlainSetting setting in PlainSetting.All().Where(setting => setting is { BlockPages: > 0, Candidates: Candidates.AtMostOneChild, IsHybrid: true }))
        {
            var run = new SweepRun(setting with { Order = "any", Budget = 4, Chooses = "" }, seed: 7);
            for (int step = 0; step < 2 * Steps; step++)
            {
                run.Step();
            }

            Assert.True(run.Count(StateActionKind.Join) > 0, $"{setting} joins nothing");
        }
    }
}
