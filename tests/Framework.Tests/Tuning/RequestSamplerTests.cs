namespace Squelch.Tests.Tuning;

/// <summary>Which requests are sampled, and what becomes of their pages.</summary>
public sealed class RequestSamplerTests
{
    [Fact]
    public void TurnsOfASessionAreTakenTogether()
    {
        RequestSampler sampler = Settled(Enumerable.Range(0, 256).Select(session => Turn(session, 1)));
        double share = sampler.Enough(0.25);
        Assert.Equal(0.25, share);
        bool[][] taken = [.. Enumerable.Range(1000, 400).Select(session => Enumerable.Range(1, 5).Select(turn => sampler.Takes(Turn(session, turn), share)).ToArray())];

        Assert.All(taken, session => Assert.Single(session.Distinct()));
        Assert.InRange(taken.Count(session => session[0]), 60, 140);
    }

    /// <summary>Where all requests begin alike, a share of the beginnings would be all of them or none.</summary>
    [Fact]
    public void AFewBeginningsAreNotSampled()
    {
        RequestSampler sampler = Settled(Enumerable.Range(0, 256).Select(request => Turn(request % 10, 1)));
        Assert.Equal(1, sampler.Enough(0.01));
        Assert.True(sampler.Takes([1, 2, 3], 1));
    }

    [Fact]
    public void LongRequestsBecomeAFewWordsWithTheSamePrefixes()
    {
        RequestSampler sampler = Settled(Enumerable.Range(0, 256).Select(session => Turn(session, 100)));
        Assert.Equal(32, sampler.GroupPages);
        int[] first = Turn(3, 40);
        int[] next = Turn(3, 80);
        int[] other = [.. first[..600], .. first[601..]];
        int[] words = Words(sampler, first, out RecordedRequest request);

        Assert.Equal((first.Length / 32, first.Length / 32 * 32), (request.Pages, request.Tokens));
        Assert.Equal((words.Length, 9, 9 * 32), (request.Pages, request.InputPages, request.InputTokens));
        Assert.Equal(words, Words(sampler, next, out _)[..words.Length]);
        Assert.Equal(600 / 32, words.AsSpan().CommonPrefixLength(Words(sampler, other, out _)));
    }

    [Fact]
    public void ShortRequestsStayAsTheyAre()
    {
        RequestSampler sampler = Settled(Enumerable.Range(0, 256).Select(session => Turn(session, 1)));
        int[] pages = Turn(3, 2);
        Assert.Equal(1, sampler.GroupPages);
        Assert.Equal(pages, Words(sampler, pages, out RecordedRequest request));
        Assert.Equal(300, request.InputTokens);
    }

    private static RequestSampler Settled(IEnumerable<int[]> requests)
    {
        var sampler = new RequestSampler();
        foreach (int[] request in requests)
        {
            Assert.True(sampler.Learn(request));
        }

        Assert.False(sampler.Learn([1]));
        sampler.Settle();
        return sampler;
    }

    private static int[] Words(RequestSampler sampler, int[] pages, out RecordedRequest request)
    {
        request = new() { Pages = pages.Length, InputPages = 300, InputTokens = 300, Tokens = pages.Length, Time = 0 };
        return sampler.Shorten(ref request, pages, pageTokens: 1).ToArray();
    }

    /// <summary>A system prompt that all share, then what a session has said so far.</summary>
    private static int[] Turn(int session, int turn) => [.. Enumerable.Repeat(7, 10), .. Enumerable.Range(0, 20 * turn).Select(page => (session * 100_000) + page)];
}
