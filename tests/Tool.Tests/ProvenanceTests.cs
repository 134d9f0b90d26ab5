using System.Security.Cryptography;

namespace Squelch.Tool.Tests;

public sealed class ProvenanceTests : IDisposable
{
    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Fact]
    public void TheCommandIsTheOneThatWasTypedWithoutFoldersOfTheMachine()
        => Assert.Equal("squelch replay small.jsonl --capacity 70MB,1GB --report 'my report.html' --set A.B=1", Of("replay", _workplace.Trace, "--capacity", "70MB,1GB", "--report", "my report.html", "--set", "A.B=1").Command);

    [Fact]
    public void QuotesInTheCommandCanBeTypedAgain()
        => Assert.Equal("squelch replay 'it'\\''s.jsonl' ''", Of("replay", "it's.jsonl", "").Command);

    [Fact]
    public void TheDateIsTheClocks()
        => Assert.Equal(new DateTimeOffset(2026, 3, 1, 12, 30, 0, TimeSpan.Zero), Of("replay").Date);

    [Fact]
    public void TheVersionIsTheBuilds()
        => Assert.StartsWith(typeof(Provenance).Assembly.GetName().Version!.ToString(3), Of("replay").Version, StringComparison.Ordinal);

    [Fact]
    public void ATraceIsKnownByTheHashOfItsFile()
    {
        string link = _workplace.PathOf("link.jsonl");
        File.CreateSymbolicLink(link, _workplace.Trace);
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_workplace.Trace)));

        Assert.Equal(new TraceFile("small.jsonl", hash[..16]), TraceFile.Of(_workplace.Trace));
        Assert.Equal(new TraceFile("link.jsonl", hash[..16]), TraceFile.Of(link));
    }

    /// <summary>Whoever read a pipe for its hash would take from the replay.</summary>
    [Fact]
    public void WhatIsNoFileIsNotRead()
    {
        Assert.Null(TraceFile.Of("/dev/null").Sha256);
        Assert.Null(TraceFile.Of(_workplace.PathOf("missing.jsonl")).Sha256);
        Assert.Null(TraceFile.Of(_workplace.Folder).Sha256);
    }

    private static Provenance Of(params string[] arguments) => Provenance.Of(arguments, [], new FixedClock());

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 1, 12, 30, 0, TimeSpan.Zero);
    }
}
