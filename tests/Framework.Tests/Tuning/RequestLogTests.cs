namespace Squelch.Tests.Tuning;

/// <summary>The log of requests against a list: the newest, or the first, that fit.</summary>
public sealed class RequestLogTests
{
    [Theory]
    [InlineData(20_000)]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    public void TheNewestStay(long mostBytes)
    {
        var random = new Random((int)mostBytes);
        var log = new RequestLog(mostBytes, keepsNewest: true);
        var all = new List<int[]>();
        bool dropped = false;
        for (int i = 0; i < 2000; i++)
        {
            int[] pages = [.. Enumerable.Range(0, 1 + random.Next(random.Next(10) == 0 ? 900 : 60)).Select(_ => random.Next())];
            log.Add(Request(pages.Length, i), pages);
            all.Add(pages);

            Assert.InRange(log.Bytes, 0, mostBytes);
            Assert.InRange(log.Count, 1, all.Count);
            dropped |= log.Count < all.Count;
            for (int kept = 0; kept < log.Count; kept += 1 + random.Next(20))
            {
                Assert.Equal(all.Count - log.Count + kept, log[kept].Space);
                Assert.Equal(all[all.Count - log.Count + kept], log.PagesOf(kept).ToArray());
            }
        }

        Assert.Equal(mostBytes < 1_000_000, dropped);
        Assert.False(log.IsFull);
    }

    [Fact]
    public void ABeginningEndsWhereARequestDoesNotFit()
    {
        var log = new RequestLog(50_000, keepsNewest: false);
        int[] pages = [.. Enumerable.Range(0, 300)];
        int added = 0;
        while (!log.IsFull)
        {
            log.Add(Request(pages.Length, added++), pages);
            Assert.InRange(log.Bytes, 0, 50_000);
        }

        Assert.Equal(added - 1, log.Count);
        Assert.InRange(log.Count, 30, 40);
        log.Add(Request(1, 0), [1]);
        Assert.Equal(added - 1, log.Count);
    }

    [Fact]
    public void WhatIsLargerThanTheBoundIsLeftOut()
    {
        var log = new RequestLog(20_000, keepsNewest: true);
        log.Add(Request(3, 1), [1, 2, 3]);
        log.Add(Request(10_000, 2), new int[10_000]);
        log.Add(Request(2, 3), [4, 5]);

        Assert.Equal(3, log[log.Count - 1].Space);
        Assert.Equal([4, 5], log.PagesOf(log.Count - 1).ToArray());
    }

    [Fact]
    public void OnceItHasItsSizeNothingAllocates()
    {
        var log = new RequestLog(50_000, keepsNewest: true);
        int[] pages = new int[100];
        for (int i = 0; i < 1000; i++)
        {
            log.Add(Request(pages.Length, i), pages);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            log.Add(Request(pages.Length, i), pages);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static RecordedRequest Request(int pages, long space) => new() { Pages = pages, InputPages = pages, InputTokens = 0, Tokens = pages, Time = 0, Space = space };
}
