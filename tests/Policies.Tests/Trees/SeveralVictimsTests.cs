namespace Squelch.Policies.Tests.Trees;

/// <summary>Where a commit takes several victims, one search gives them, and a leaf gives up its tail in one change of the tree. Victims and actions are those of one search each.</summary>
public sealed class SeveralVictimsTests
{
    private const int Requests = 250;

    /// <summary>All formulas that an engine can run.</summary>
    public static TheoryData<string> Formulas =>
    [
        .. from policy in PolicyCatalog.From([typeof(Lru).Assembly]).Policies
           where !policy.Descriptor.NeedsFuture && Create(policy, new() { CapacityBytes = ModelShape.PaperHybrid.LeastBytes }).Selector is FormulaSelector
           select policy.Descriptor.Name,
    ];

    [Theory]
    [MemberData(nameof(Formulas))]
    public void VictimsAreThoseOfASearchEach(string name)
    {
        RegisteredPolicy policy = PolicyCatalog.From([typeof(Lru).Assembly]).Find(name);
        foreach (string model in (string[])["transformer-7b", "marconi-7b"])
        {
            // Pages of one token and of 16, and a clock that stands for four requests.
            foreach ((int pageTokens, bool stands) in ((int, bool)[])[(1, false), (16, false), (1, true)])
            {
                Assert.Equal(Run(policy, ModelCatalog.Find(model), pageTokens, stands, oneByOne: true), Run(policy, ModelCatalog.Find(model), pageTokens, stands, oneByOne: false));
            }
        }
    }

    /// <summary>These give up tails in a row; else the test above would try nothing.</summary>
    [Theory]
    [InlineData(nameof(Renewal), true)]
    [InlineData(nameof(ReplayPerByte), true)]
    [InlineData(nameof(TailLru), true)]
    [InlineData(nameof(SubtreeHits), false)] // Its score reads the bytes of the subtree.
    public void TailsInARowAreKnownByTheFormula(string name, bool known)
    {
        RegisteredPolicy policy = PolicyCatalog.From([typeof(Lru).Assembly]).Find(name);
        string[] victims = Run(policy, ModelCatalog.Find("transformer-7b"), pageTokens: 1, stands: false, oneByOne: false);

        Assert.Equal(known, ((FormulaSelector)Create(policy, new() { CapacityBytes = ModelShape.PaperHybrid.LeastBytes }).Selector).TrimsKeepScores);
        Assert.InRange(victims.Count(victim => victim.Contains("Action = Trim", StringComparison.Ordinal)), Requests / 2, int.MaxValue);
    }

    /// <summary>Every victim and every action of some random requests, some of which go on where others ended.</summary>
    private static string[] Run(RegisteredPolicy policy, ModelShape model, int pageTokens, bool stands, bool oneByOne)
    {
        List<string> told = [];
        int request = 0;
        var options = new PrefixCacheOptions
        {
            Model = model,
            CapacityBytes = (4 * model.CheckpointBytes) + model.KvBytes(2000 * pageTokens),
            PageTokens = pageTokens,
            Clock = stands ? () => request / 4 : null,
            OnVictim = victim => told.Add(victim.ToString()),
            Accelerate = oneByOne ? selector => new SearchBy((FormulaSelector)selector, Backend.Scalar) : null,
        };
        var random = new Random(5);
        using PrefixCache cache = Create(policy, options);
        List<int[]> made = [];
        for (; request < Requests; request++)
        {
            int[] begin = made.Count > 0 && random.Next(3) > 0 ? made[random.Next(made.Count)] : [];
            int[] pages = [.. begin[..random.Next(begin.Length + 1)], .. Enumerable.Range(0, 1 + random.Next(400)).Select(i => (1000 * request) + i)];
            pages = pages[..Math.Min(pages.Length, 1500)];
            int tokens = (pages.Length * pageTokens) - random.Next(pageTokens);
            Lease lease = cache.Lookup(pages, hints: new(SessionGap: 1 + random.Next(40), Turn: 1 + random.Next(5), Category: random.Next(3)), tokens: tokens);
            told.Add($"hit {lease.HitTokens}");
            cache.Commit(lease, pages, tokens);
            told.AddRange(cache.LastActions.ToArray().Select(action => action.ToString()));
            made.Add(pages);
        }

        return [.. told];
    }

    private static PrefixCache Create(RegisteredPolicy policy, PrefixCacheOptions options)
        => new(policy.Descriptor, options, (nodes, seed) => policy.CreateSelector([.. policy.Descriptor.Tunables.Select(tunable => tunable.Default)], nodes, seed));
}
