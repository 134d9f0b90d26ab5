using Squelch.Policies;

namespace Squelch.Tests.Caching.Model;

/// <summary>One way to set a cache up.</summary>
internal sealed record ModelSetting(string Policy, Checkpoints Checkpoints, int Every, int Align, Candidates Candidates, Touch Touch, int PageTokens, bool IsHybrid, int Budget, bool ListenerThrows)
{
    private static readonly ModelShape s_hybrid = ModelShape.Paper("hybrid", recurrent: 1, attention: 1, mlp: 0, hidden: 4, state: 2);
    private static readonly ModelShape s_attention = ModelShape.Paper("attention", recurrent: 0, attention: 1, mlp: 0, hidden: 4, state: 2);

    private static readonly Dictionary<string, (PolicyDescriptor Descriptor, Func<NodeTable, ulong, IVictimSelector> Create)> s_policies = new()
    {
        ["Lru"] = (Lru.Descriptor, default(Lru).CreateSelector),
        ["Marconi"] = (Marconi.Descriptor, new Marconi { Alpha = 0.7 }.CreateSelector),
        ["Gdsf"] = (Gdsf.Descriptor, default(Gdsf).CreateSelector),
        ["Sieve"] = (Sieve.Descriptor, default(Sieve).CreateSelector),
    };

    public ModelShape Model => IsHybrid ? s_hybrid : s_attention;

    /// <summary>Every policy under every combination of admission, candidates and touch, with the other settings varied along.</summary>
    public static IEnumerable<ModelSetting> All()
    {
        int index = 0;
        foreach (string policy in s_policies.Keys)
        {
            for (int checkpoints = 0; checkpoints < 32; checkpoints++)
            {
                foreach (Candidates candidates in Enum.GetValues<Candidates>())
                {
                    foreach (Touch touch in Enum.GetValues<Touch>())
                    {
                        foreach (bool hybrid in (bool[])[true, false])
                        {
                            index++;
                            int pageTokens = index % 3 == 0 ? 16 : 1;
                            int aligned = index % 5 == 0 ? 2 : 1;
                            yield return new(
                                policy,
                                (Checkpoints)checkpoints,
                                Every: pageTokens * (aligned > 1 ? 2 * (1 + (index % 2)) : 2 + (index % 2)),
                                Align: aligned > 1 ? aligned * pageTokens : 1,
                                candidates,
                                touch,
                                pageTokens,
                                hybrid,
                                Budget: 1 + (index % 4),
                                ListenerThrows: index % 7 == 0);
                        }
                    }
                }
            }
        }
    }

    public PrefixCache Create(Action<VictimRecord> onVictim)
    {
        (PolicyDescriptor descriptor, Func<NodeTable, ulong, IVictimSelector> create) = s_policies[Policy];
        bool interval = (Checkpoints & (Checkpoints.Interval | Checkpoints.Logarithmic)) != 0;
        return new(
            descriptor with { Candidates = Candidates, Touch = Touch, Admission = new(Checkpoints, interval ? Every : 0, Align) },
            new() { CapacityBytes = (Budget * Model.CheckpointBytes) + Model.KvBytes(((2 * Budget) + 4) * PageTokens), Model = Model, PageTokens = PageTokens, OnVictim = onVictim },
            create);
    }
}
