namespace Squelch.Tests.Tuning;

/// <summary>The log of requests: the first that fit.</summary>
public sealed class RequestLogTests
{
    [Fact]
    public void ABeginningEndsWhereARequestDoesNotFit()
    {
        var log = new RequestLog(50_000);
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
        var log = new RequestLog(20_000);
        log.Add(Request(3, 1), [1, 2, 3]);
        log.Add(Request(10_000, 2), new int[10_000]);

        Assert.True(log.IsFull);
        Assert.Equal((1, 1), (log.Count, log[0].Space));
        Assert.Equal([1, 2, 3], log.PagesOf(0).ToArray());
    }

    [Fact]
    public void ARestartUsesTheRoomThatThereIs()
    {
        var log = new RequestLog(50_000);
        int[] pages = [.. Enumerable.Range(0, 100)];
        void Fill()
        {
            for (int i = 0; i < 50; i++)
            {
                log.Add(Request(pages.Length, i), pages);
            }
        }

        Fill();
        long before = GC.GetAllocatedBytesForCurrentThread();
        log.Restart();
        Fill();

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(50, log.Count);
        Assert.Equal(pages, log.PagesOf(49).ToArray());
    }

    private static RecordedRequest Request(int pages, long space) => new() { Pages = pages, InputPages = pages, InputTokens = 0, Tokens = pages, Time = 0, Space = space };
}
