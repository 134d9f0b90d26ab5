using Squelch.Policies;

namespace Squelch.Tests.Language;

/// <summary>Ranges hold and defaults apply wherever a selector is made.</summary>
public sealed class TunableRangeTests
{
    private static readonly PrefixCacheOptions s_options = new() { CapacityBytes = 1_000_000_000 };

    [Theory]
    [InlineData(77)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    public void ATunableThatIsOutOfRangeIsRefused(double alpha)
    {
        var policy = new Marconi { Alpha = alpha };
        Assert.Contains("Marconi.Alpha lies between 0 and 2", Assert.Throws<SquelchException>(() => new PrefixCache<Marconi>(policy, s_options)).Message, StringComparison.Ordinal);
        Assert.Throws<SquelchException>(() => policy.CreateSelector(new NodeTable(ModelShape.PaperHybrid), 0));

        using var cache = new PrefixCache<Marconi>(s_options);
        Assert.Throws<SquelchException>(() => cache.Policy = policy);
        Assert.Equal(0, cache.Policy.Alpha);
    }

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new double[] { 1, 1 })]
    public void MoreOrFewerTunablesThanThereAreAreRefused(double[] values)
        => Assert.Contains("Marconi has 1 tunables (Alpha)", Assert.Throws<SquelchException>(() => Marconi.FromTunables(values)).Message, StringComparison.Ordinal);

    /// <summary>Lrfu's decay is not 0 by default: neither a new value nor a default one may say that it is.</summary>
    [Fact]
    public void WhatIsNotSetIsAsDeclared()
    {
        double[] declared = [.. Lrfu.Descriptor.Tunables.Select(tunable => tunable.Default)];
        Assert.Contains(declared, value => value != 0);
        foreach (Lrfu policy in (Lrfu[])[default, new(), new PrefixCache<Lrfu>(s_options).Policy, Lrfu.FromTunables(declared)])
        {
            var values = new double[declared.Length];
            policy.CopyTunables(values);
            Assert.Equal(declared, values);
        }
    }

    [Fact]
    public void WhatIsSetToZeroIsZero()
    {
        var values = new double[1];
        new Marconi { Alpha = 0 }.CopyTunables(values);
        Assert.Equal([0], values);
        Marconi.FromTunables([1.5]).CopyTunables(values);
        Assert.Equal([1.5], values);
    }
}
