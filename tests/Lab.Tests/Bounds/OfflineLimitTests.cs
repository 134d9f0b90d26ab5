using Squelch.Policies;

namespace Squelch.Lab.Tests.Bounds;

/// <summary>All policies on real traces: none lies above what was proven, and none that does not know the future above the best offline rule of its admission.</summary>
public sealed class OfflineLimitTests
{
    private const int Shared = 5;
    private static readonly double[] s_shares = [0.0202, 0.1];

    public static TheoryData<string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string model in (string[])["marconi-7b", "transformer-7b"])
            {
                foreach (string trace in (string[])["lmcache-miniswe", "mooncake-conversation", "lmcache-taubench_realts", "lmcache-magagent_realts", "oasst-trees_sps=1", "mooncake-synthetic", "tau-bench-gpt4o-airline_sps=1_art=7.5", "tot-game24_sps=1_art=7.5"])
                {
                    cases.Add(trace, model);
                }
            }

            return cases;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Cases))]
    public void NoPolicyLiesAboveThem(string name, string modelName)
    {
        string? path = SharedData.Trace(name + ".jsonl.gz");
        Skip.If(path is null, SharedData.Missing(name + ".jsonl.gz", "SQUELCH_TRACES"));
        Trace trace = TraceReader.Load(path!);
        ModelShape model = ModelCatalog.Find(modelName);
        PolicyCatalog catalog = PolicyCatalog.From([typeof(Lru).Assembly]);
        var uses = FutureUses.Of(trace);
        long footprint = catalog.Find(nameof(Lru)).Replay(trace, new ReplayOptions { CapacityBytes = 1L << 60, Model = model }).PeakBytes;
        foreach (long capacity in s_shares.Select(share => Math.Max(model.LeastBytes, (long)(share * footprint))))
        {
            long any = UpperBound.HitTokens(trace, model, capacity, uses);
            foreach (var same in catalog.Policies.GroupBy(policy => (policy.Descriptor.Admission, policy.Descriptor.Admission.WholeBlocks ? policy.Descriptor.Candidates : Candidates.AtMostOneChild)))
            {
                (AdmissionDescriptor admission, Candidates candidates) = same.Key;
                long own = UpperBound.HitTokens(trace, model, capacity, admission, candidates, uses);

                // A rule takes seconds to find: of an admission that many policies share.
                BestOfflineRule? best = same.Count() >= Shared ? BestOfflineRule.Find(trace, model, capacity, admission, candidates, own, uses) : null;
                Assert.True(best is null || best.HitTokens <= Math.Min(own, any), $"{best} lies above {own} or {any} at {capacity} bytes");
                foreach (RegisteredPolicy policy in same)
                {
                    long hits = policy.Replay(trace, new ReplayOptions { CapacityBytes = capacity, Model = model }).HitTokens;
                    Assert.True(hits <= any, $"{policy.Descriptor.Name} hits {hits} tokens at {capacity} bytes; the bound of any admission is {any}");
                    Assert.True(hits <= own, $"{policy.Descriptor.Name} hits {hits} tokens at {capacity} bytes; the bound of its admission is {own}");
                    Assert.True(policy.Descriptor.NeedsFuture || best is null || hits <= best.HitTokens, $"{policy.Descriptor.Name} hits {hits} tokens at {capacity} bytes, more than {best}");
                }
            }
        }
    }
}
