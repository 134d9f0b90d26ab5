namespace Squelch.Lab.Tests;

public sealed class TraceWriterTests
{
    private static readonly TraceRecipe s_recipe = new() { Family = TraceFamily.AgentCompact, Sessions = 3, Times = new() { Seed = 1 } };

    [Theory]
    [InlineData("trace.jsonl")]
    [InlineData("trace.jsonl.gz")]
    [InlineData("trace.jsonl.zst")]
    public void WhatIsWrittenIsReadAgain(string name)
    {
        Request[] requests = [.. TraceGenerator.Generate(s_recipe)];
        Trace read = Written(name, stream => TraceWriter.WriteTokens(stream, name, requests));

        Assert.Equal("trace", read.Name);
        Assert.Equal(requests.Length, read.Requests.Count);
        Assert.All(requests.Zip(read.Requests), pair =>
        {
            Assert.Equal(pair.First.Pages.ToArray(), pair.Second.Pages.ToArray());
            Assert.Equal((pair.First.InputTokens, pair.First.OutputTokens, pair.First.Session), (pair.Second.InputTokens, pair.Second.OutputTokens, pair.Second.Session));
            Assert.Equal(pair.First.Time - requests[0].Time, pair.Second.Time, 1e-9);
        });
    }

    /// <summary>Two inputs have as many equal leading blocks as they have whole equal leading runs of 64 tokens.</summary>
    [Fact]
    public void BlocksKeepWhatIsShared()
    {
        Request[] requests = [.. TraceGenerator.Generate(s_recipe)];
        Trace blocks = Written("b.jsonl.gz", stream => TraceWriter.WriteBlocks(stream, "b.jsonl.gz", requests, 1, 64));

        Assert.Equal(64, blocks.PageTokens);
        for (int left = 0; left < requests.Length; left++)
        {
            Assert.Equal(requests[left].InputTokens, blocks.Requests[left].InputTokens);
            for (int right = 0; right < left; right++)
            {
                ReadOnlySpan<int> a = requests[left].Pages.Span[..requests[left].InputPages];
                ReadOnlySpan<int> b = requests[right].Pages.Span[..requests[right].InputPages];
                Assert.Equal(a.CommonPrefixLength(b) / 64, blocks.Requests[left].Pages.Span.CommonPrefixLength(blocks.Requests[right].Pages.Span));
            }
        }
    }

    [Fact]
    public void BlocksOfPartsOfPagesAreRefused()
        => Assert.Contains("multiple of 64", Assert.Throws<SquelchException>(() => TraceWriter.WriteBlocks(new MemoryStream(), "b", [], 64, 100)).Message, StringComparison.Ordinal);

    [Fact]
    public void AZstdFileThatWasCutShortIsNoticed()
    {
        using var whole = new MemoryStream();
        TraceWriter.WriteTokens(whole, "t.zst", TraceGenerator.Generate(s_recipe));
        byte[] bytes = whole.ToArray();
        foreach (int length in (int[])[bytes.Length - 1, bytes.Length / 2, 5])
        {
            Assert.Contains("t.jsonl.zst", Assert.Throws<SquelchException>(() => TraceReader.Load(new MemoryStream(bytes[..length]), "t.jsonl.zst")).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AZstdFileThatIsDamagedIsNamed()
    {
        using var whole = new MemoryStream();
        TraceWriter.WriteTokens(whole, "t.zst", TraceGenerator.Generate(s_recipe));
        byte[] bytes = whole.ToArray();
        bytes.AsSpan(40, 200).Fill(0x55);

        Assert.Contains("t.jsonl.zst", Assert.Throws<SquelchException>(() => TraceReader.Load(new MemoryStream(bytes), "t.jsonl.zst")).Message, StringComparison.Ordinal);
    }

    private static Trace Written(string name, Action<Stream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        stream.Position = 0;
        return TraceReader.Load(stream, name);
    }
}
