using Squelch.Policies;
using Squelch.Tests.Golden;

namespace Squelch.Tests.Caching;

/// <summary>At every selection of a replay, each back end that a plan has chooses the same victim.</summary>
public class BackendAgreementTests
{
    [Theory]
    [InlineData("agent-small_sps=1_art=7.5_nums=12", 4_000_000_000)]
    [InlineData("fuzz-small_sps=1_nums=30", 1_000_000_000)]
    [InlineData("chat-medium_sps=1_nums=100", 40_000_000_000)]
    public void EveryBackEndChoosesTheSameVictims(string name, long capacity)
    {
        Trace trace = GoldenTraces.Load(name);
        var options = new ReplayOptions { CapacityBytes = capacity };
        int compared = Checked<Marconi>.Run(trace, options with { Tunables = new Dictionary<string, double> { ["Alpha"] = 0.7 } })
            + Checked<Hyperbolic>.Run(trace, options)
            + Checked<RandomNode>.Run(trace, options)
            + Checked<Gdsf>.Run(trace, options)
            + Checked<Lfu>.Run(trace, options)
            + Checked<Lru>.Run(trace, options);
        Assert.True(compared > 1000, $"{compared} selections were compared");
    }

    /// <summary>A policy whose selector asks all back ends.</summary>
    private readonly struct Checked<TPolicy> : IEvictionPolicy<Checked<TPolicy>>
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        private readonly TPolicy _policy;

        private Checked(TPolicy policy) => _policy = policy;

        public static PolicyDescriptor Descriptor => TPolicy.Descriptor;

        [ThreadStatic]
        private static int s_compared;

        public static int Run(Trace trace, ReplayOptions options)
        {
            s_compared = 0;
            ReplayResult result = Replay.Run<Checked<TPolicy>>(trace, options);
            Assert.Equal(Replay.Run<TPolicy>(trace, options).HitTokens, result.HitTokens);
            return s_compared;
        }

        public static Checked<TPolicy> FromTunables(ReadOnlySpan<double> values) => new(TPolicy.FromTunables(values));

        public void CopyTunables(Span<double> values) => _policy.CopyTunables(values);

        public IVictimSelector CreateSelector(NodeTable nodes, ulong seed) => new Selector((FormulaSelector)_policy.CreateSelector(nodes, seed));

        private sealed class Selector(FormulaSelector inner) : ForwardingSelector(inner)
        {
            public override int Select(double now)
            {
                int victim = inner.Select(now);
                foreach (Backend backend in Enum.GetValues<Backend>())
                {
                    int other;
                    try
                    {
                        other = inner.SelectBy(backend, now);
                    }
                    catch (NotSupportedException)
                    {
                        continue;
                    }

                    s_compared++;
                    Assert.Equal(victim, other);
                }

                return victim;
            }
        }
    }
}
