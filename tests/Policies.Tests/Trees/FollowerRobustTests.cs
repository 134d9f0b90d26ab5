namespace Squelch.Policies.Tests.Trees;

public sealed class FollowerRobustTests
{
    /// <summary>
    /// Room for two. At C Belady's rule lets B go and holds A and C; at D it lets C go and holds A and D. Follower knows of no contents at C, asks, and lets
    /// B go, which they lack; D is not in them, so it asks again and lets C go.
    /// </summary>
    [Fact]
    public void WhatThePredictedContentsLackGoes()
    {
        (long misses, long questions, string contents) = Run("ABCADA", 2, Wrong.Never);

        Assert.Equal((4, 2, "AD"), (misses, questions, contents));
    }

    /// <summary>With the best contents it misses as often as the best, and asks less often than that misses.</summary>
    [Theory]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(200)]
    public void WithTheBestContentsItIsTheBest(int room)
    {
        string script = Script(8_000);
        (long misses, long questions, _) = Run(script, room, Wrong.Never);
        long best = Misses<Belady>(script, room);

        Assert.InRange(misses, best, 1.01 * best);
        Assert.InRange(questions, 1, best);
    }

    /// <summary>Contents that are the opposite of the best, or of a day before, cost little more than chance does.</summary>
    [Theory]
    [InlineData(Wrong.Opposite)]
    [InlineData(Wrong.Old)]
    public void WrongContentsCostLittle(Wrong wrong)
    {
        string script = Script(8_000);
        long misled = Run(script, 60, wrong).Misses;
        long chance = Run(script, 60, Wrong.Silent).Misses;
        long best = Misses<Belady>(script, 60);

        Assert.True(chance > 1.2 * best, $"there is something to win: {chance} by chance, {best} at best");
        Assert.True(misled < 1.15 * chance, $"{misled} misled, {chance} by chance");
    }

    [Fact]
    public void QuestionsAreAsFarApartAsAsked()
    {
        string script = Script(8_000);
        (long oftenMisses, long often, _) = Run(script, 60, Wrong.Never);
        (long seldomMisses, long seldom, _) = Run(script, 60, Wrong.Never, separation: 50);

        Assert.InRange(seldom, 1, 8_000 / 50);
        Assert.True(seldom < often && seldomMisses >= oftenMisses, $"{seldom} questions and {seldomMisses} misses, {often} and {oftenMisses}");
    }

    /// <summary>In the prefix cache: the contents come from a replay of Belady's rule before.</summary>
    [Fact]
    public void AReplayPredictsAndErrsOnRequest()
    {
        var trace = new Trace("keys", 1, [.. Script(6_000).Select(key => new Request { Pages = new[] { (int)key }, InputPages = 1, InputTokens = 1 })]);
        int best = Replayed<Belady>(default);
        int followed = Replayed<FollowerRobust>(default);
        int misled = Replayed<FollowerRobust>(new(5, 1));
        int lru = Replayed<Lru>(default);

        Assert.InRange(followed, 0.98 * best, best);
        Assert.InRange(misled, 0.9 * lru, followed - 1);

        int Replayed<TPolicy>(OracleNoise noise)
            where TPolicy : struct, IEvictionPolicy<TPolicy>
            => Replay.Run<TPolicy>(trace, new() { CapacityBytes = 60 * (ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(1)), Noise = noise }).HitRequests;
    }

    private static string Script(int length)
    {
        var draws = new Random(1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)(100 + (int)(300 * Math.Pow(draws.NextDouble(), 3)))));
    }

    private static KeyRequest[] Requests(string script)
    {
        var requests = new KeyRequest[script.Length];
        var next = new Dictionary<char, double>();
        for (int i = script.Length - 1; i >= 0; i--)
        {
            requests[i] = new(script[i], NextUse: next.GetValueOrDefault(script[i], double.PositiveInfinity));
            next[script[i]] = i;
        }

        return requests;
    }

    private static long Misses<TPolicy>(string script, int room)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => KeyReplay.Run(Requests(script), default(TPolicy).CreateSelector, new() { Capacity = room }).Misses;

    private static (long Misses, long Questions, string Contents) Run(string script, int room, Wrong wrong, double separation = 1)
    {
        var contents = new RecordedContents();
        var optimum = new KeyCache((nodes, seed) => contents.Listen(default(Belady).CreateSelector(nodes, seed)), room);
        KeyRequest[] requests = Requests(script);
        for (int i = 0; i < requests.Length; i++)
        {
            contents.Request = i;
            optimum.Request(requests[i]);
        }

        IContentsPredictedSelector? follower = null;
        var cache = new KeyCache((nodes, seed) => follower = (IContentsPredictedSelector)new FollowerRobust { Separation = separation }.CreateSelector(nodes, seed), room);
        follower!.Contents = wrong switch { Wrong.Silent => null, Wrong.Opposite => new Opposite(contents), _ => contents };
        for (int i = 0; i < requests.Length; i++)
        {
            contents.Request = wrong == Wrong.Old ? i / 2 : i;
            cache.Request(requests[i]);
        }

        return (cache.Misses, follower.Queries, string.Concat(script.Distinct().Order().Where(key => cache.Contains(key))));
    }

    /// <summary>How predictions are wrong.</summary>
    public enum Wrong
    {
        /// <summary>They are right.</summary>
        Never,

        /// <summary>There are none.</summary>
        Silent,

        /// <summary>They hold what should go.</summary>
        Opposite,

        /// <summary>They speak of another time.</summary>
        Old,
    }

    private sealed class Opposite(IContentsPredictor right) : IContentsPredictor
    {
        public void Ask() => right.Ask();

        public bool Holds(ulong key) => !right.Holds(key);
    }
}
