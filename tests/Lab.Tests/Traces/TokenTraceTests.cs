using System.Text;

namespace Squelch.Lab.Tests;

public sealed class TokenTraceTests
{
    [Fact]
    public void ATokenTraceGivesInputsThenOutputsInFileOrder()
    {
        List<Request> requests = TraceText.Read(TraceText.TwoTokenRequests);

        Assert.Equal(2, requests.Count);
        Assert.Equal([1, 22, int.MaxValue, 0, 5], requests[0].Pages.ToArray());
        Assert.Equal((3, 3, 2, 3L, 0.0), (requests[0].InputPages, requests[0].InputTokens, requests[0].OutputTokens, requests[0].Session, requests[0].Time));
        Assert.Equal([7, 8], requests[1].Pages.ToArray());
        Assert.Equal((2, 0, 1.5), (requests[1].InputPages, requests[1].OutputTokens, requests[1].Time));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(64)]
    public void LinesMayCrossAnyReadBoundary(int bufferBytes)
    {
        List<Request> whole = TraceText.Read(TraceText.TwoTokenRequests);
        List<Request> pieces = TraceText.Read(TraceText.TwoTokenRequests, bufferBytes);

        Assert.Equal(whole.Select(request => request.Pages.ToArray()), pieces.Select(request => request.Pages.ToArray()));
        Assert.Equal(whole.Select(request => request.Time), pieces.Select(request => request.Time));
    }

    [Fact]
    public void WhiteSpaceByteOrderMarkCarriageReturnsBlankLinesAndAMissingLastLineFeedDoNotMatter()
    {
        List<Request> requests = TraceText.Read("\uFEFF \t{ \"ts\" : 2 , \"input_tokens\" : [ 1 , 2 ,3, 4 ] , \"output_tokens\" : [ ] }\r\n\r\n{\"ts\":3.5,\"output_tokens\":[9],\"input_tokens\":[8]}");

        Assert.Equal([1, 2, 3, 4], requests[0].Pages.ToArray());
        Assert.Equal([8, 9], requests[1].Pages.ToArray());
        Assert.Equal(-1, requests[1].Session);
    }

    [Fact]
    public void TimesCountFromTheFirstRequest()
    {
        List<Request> requests = TraceText.Read("{\"ts\":1e3,\"input_tokens\":[1],\"output_tokens\":[]}\n{\"ts\":1002.5,\"input_tokens\":[1],\"output_tokens\":[]}");

        Assert.Equal([0.0, 2.5], requests.Select(request => request.Time));
    }

    [Fact]
    public void PropertiesThatTheReaderDoesNotNeedMayHoldAnything()
    {
        List<Request> requests = TraceText.Read("{\"a\":{\"b\":[1,{\"c\":\"}]\\\"\\\\\"}],\"d\":{}},\"e\":-1.5e-3,\"f\":[],\"g\":true,\"h\":false,\"i\":null,\"session_id\":null,\"ts\":0,\"input_tokens\":[4],\"output_tokens\":[]}");

        Assert.Equal([4], requests.Single().Pages.ToArray());
    }

    [Fact]
    public void ALineOfMegabytesIsOneRequest()
    {
        int[] tokens = [.. Enumerable.Range(0, 700_000).Select(i => (i * 7919) & 0xFFFFF)];
        string text = $"{{\"ts\":0,\"input_tokens\":[{string.Join(",", tokens)}],\"output_tokens\":[{string.Join(", ", tokens.Take(1000))}]}}\n";

        Request request = TraceText.Read(text, bufferBytes: 4096).Single();

        Assert.True(text.Length > 4_000_000);
        Assert.Equal([.. tokens, .. tokens.Take(1000)], request.Pages.ToArray());
    }

    [Fact]
    public void GzipIsFoundByItsFirstBytes()
    {
        var requests = TraceReader.Read(new MemoryStream(TraceText.Gzip(TraceText.TwoTokenRequests)), "t", bufferBytes: 3).ToList();

        Assert.Equal([7, 8], requests[1].Pages.ToArray());
    }

    [Fact]
    public void AFileLoadsWithItsNameAndReportsProgress()
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}_sps=0.5.jsonl.gz");
        File.WriteAllBytes(path, TraceText.Gzip(TraceText.TwoTokenRequests));
        try
        {
            long seen = 0;
            Trace trace = TraceReader.Load(path, bytes => seen = bytes);

            Assert.Equal(Path.GetFileName(path)[..^".jsonl.gz".Length], trace.Name);
            Assert.Equal((1, 2), (trace.PageTokens, trace.Requests.Count));
            Assert.Equal(new FileInfo(path).Length, seen);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatTheProgressCallbackThrowsReachesTheCallerAsItIs(bool packed)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.jsonl");
        File.WriteAllBytes(path, packed ? TraceText.Gzip(TraceText.TwoTokenRequests) : Encoding.UTF8.GetBytes(TraceText.TwoTokenRequests));
        try
        {
            // The reader gives errors of these kinds a meaning of their own, but only where they come from the file.
            Exception[] thrown = [new OperationCanceledException(), new IOException("mine"), new InvalidDataException("mine")];
            foreach (Exception own in thrown)
            {
                Assert.Same(own, Assert.ThrowsAny<Exception>(() => TraceReader.Load(path, _ => throw own)));
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void NumbersMayHaveAnyFormThatJsonKnows()
    {
        List<Request> requests = TraceText.Read(string.Concat(new[] { "-0", "0.5", "1e0", "1.25E+0", "100e-1", "20" }.Select(ts => $"{{\"ts\":{ts},\"input_tokens\":[1],\"output_tokens\":[]}}\n")));

        Assert.Equal([0, 0.5, 1, 1.25, 10, 20], requests.Select(request => request.Time));
    }

    [Fact]
    public void ATraceCanBeAbandonedHalfway()
    {
        var stream = TraceText.Stream(TraceText.TwoTokenRequests);

        Assert.Equal(5, TraceReader.Read(stream).First().Pages.Length);
        Assert.False(stream.CanRead);
    }

    [Fact]
    public void ARequestAllocatesItsPagesOnce()
    {
        string line = $"{{\"ts\":0,\"input_tokens\":[{string.Join(",", Enumerable.Range(100_000, 50_000))}],\"output_tokens\":[1]}}\n";
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(line, 40)));
        long before = 0;
        int count = 0;
        foreach (Request request in TraceReader.Read(new MemoryStream(text)))
        {
            // The first requests grow the buffers.
            before = ++count == 2 ? GC.GetAllocatedBytesForCurrentThread() : before;
        }

        long perRequest = (GC.GetAllocatedBytesForCurrentThread() - before) / 38;
        // Twice would be 400,000; a few thousand are what a buffer or the runtime takes once.
        Assert.InRange(perRequest, 50_001 * 4, (50_001 * 4) + 4_000);
    }
}
