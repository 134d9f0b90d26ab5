using System.Security.Cryptography;

namespace Squelch.Lab.Tests;

public sealed class TraceGeneratorTests
{
    [Theory]
    [InlineData(TraceFamily.Chat, ThinkTime.Poisson)]
    [InlineData(TraceFamily.Agent, ThinkTime.Exponential)]
    [InlineData(TraceFamily.AgentCompact, ThinkTime.LogNormal)]
    [InlineData(TraceFamily.FewShot, ThinkTime.Poisson)]
    [InlineData(TraceFamily.Mixed, ThinkTime.LogNormal)]
    public void RequestsComeInOrderOfArrivalAndSessionsGoOn(TraceFamily family, ThinkTime think)
    {
        var recipe = new TraceRecipe { Family = family, Sessions = 40, Times = new() { Think = think, Seed = 3 } };
        Request[] requests = [.. TraceGenerator.Generate(recipe)];

        Assert.Equal(40, requests.Select(request => request.Session).Distinct().Count());
        Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.True(pair.First.Time <= pair.Second.Time));
        Assert.All(requests, request => Assert.Equal(request.Pages.Length, request.InputTokens + request.OutputTokens));
        Assert.All(requests, request => Assert.True(request.InputTokens > 0 && request.OutputTokens > 0));
        if (family is TraceFamily.Chat or TraceFamily.Agent)
        {
            foreach (IGrouping<long, Request> session in requests.GroupBy(request => request.Session))
            {
                Assert.All(session.Zip(session.Skip(1)), pair => Assert.True(pair.Second.Pages.Span.StartsWith(pair.First.Pages.Span), "a conversation goes on where it was"));
            }
        }
    }

    [Fact]
    public void CompactedAgentsBranchOffAnEarlierPrefix()
    {
        Request[] turns = [.. TraceGenerator.Generate(new() { Family = TraceFamily.AgentCompact, Sessions = 1 })];

        Assert.True(turns[4].Pages.Length < turns[3].Pages.Length);
        Assert.True(turns[4].Pages.Span.CommonPrefixLength(turns[3].Pages.Span) >= 1_200, "the system prompt stays");
        Assert.False(turns[4].Pages.Span.StartsWith(turns[3].Pages.Span));
    }

    [Fact]
    public void AgentsShareTheirSystemPrompt()
    {
        Request[] first = [.. TraceGenerator.Generate(new() { Family = TraceFamily.Agent, Sessions = 2, Times = new() { SessionsPerSecond = 1e-6 } }).DistinctBy(request => request.Session)];

        Assert.Equal(1_200, first[0].Pages.Span.CommonPrefixLength(first[1].Pages.Span));
    }

    /// <summary>The hash was taken when the generator was written: traces stay the same from version to version.</summary>
    [Fact]
    public void ASeedGivesTheSameTraceAlways()
    {
        Assert.Equal(HashOf(7), HashOf(7));
        Assert.NotEqual(HashOf(7), HashOf(8));
        Assert.Equal("d680cbe8ed741fbd", HashOf(7));
    }

    [Theory]
    [InlineData(ThinkTime.Poisson)]
    [InlineData(ThinkTime.Exponential)]
    [InlineData(ThinkTime.LogNormal)]
    public void GapsHaveTheMeanThatWasAskedFor(ThinkTime think)
    {
        Request[] requests = [.. TraceGenerator.Generate(new() { Family = TraceFamily.Chat, Sessions = 4_000, Times = new() { Think = think, ThinkSeconds = 20, SessionsPerSecond = 2 } })];
        double[] gaps = [.. requests.GroupBy(request => request.Session).SelectMany(session => session.Zip(session.Skip(1), (left, right) => right.Time - left.Time))];
        double[] begins = [.. requests.GroupBy(request => request.Session).Select(session => session.First().Time).Order()];

        Assert.InRange(gaps.Average(), 18, 22);
        Assert.InRange(begins[^1] / begins.Length, 0.45, 0.55);
    }

    [Theory]
    [InlineData(0, 1, 10)]
    [InlineData(1, 0, 10)]
    [InlineData(1, double.NaN, 10)]
    [InlineData(1, 1, -1)]
    [InlineData(1, 1, double.PositiveInfinity)]
    public void WhatNoTraceCanBeMadeOfIsRefused(int sessions, double rate, double think)
        => Assert.Contains("cannot be made", Assert.Throws<SquelchException>(() => TraceGenerator.Generate(new() { Sessions = sessions, Times = new() { SessionsPerSecond = rate, ThinkSeconds = think } })).Message, StringComparison.Ordinal);

    private static string HashOf(ulong seed)
    {
        using var stream = new MemoryStream();
        TraceWriter.WriteTokens(stream, "trace.jsonl", TraceGenerator.Generate(new() { Family = TraceFamily.Mixed, Sessions = 5, Times = new() { Seed = seed } }));
        return Convert.ToHexStringLower(SHA256.HashData(stream.ToArray()))[..16];
    }
}
