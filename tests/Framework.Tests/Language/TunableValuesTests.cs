using Squelch.Policies;

namespace Squelch.Tests.Language;

public sealed class TunableValuesTests
{
    private static readonly PolicyDescriptor s_descriptor = PrefixCacheDescriptor<Marconi>();

    [Fact]
    public void ValuesComeInDescriptorOrder()
        => Assert.Equal([0.25], TunableValues.Resolve(s_descriptor, new Dictionary<string, double> { ["alpha"] = 0.25 }));

    [Theory]
    [InlineData("Alhpa", 1, "did you mean 'Alpha'?")]
    [InlineData("Alpha", -1, "lies between 0 and 2, not at -1")]
    [InlineData("Alpha", double.NaN, "not at NaN")]
    public void WhatDoesNotFitIsRefused(string name, double value, string message)
    {
        SquelchException refusal = Assert.Throws<SquelchException>(() => TunableValues.Resolve(s_descriptor, new Dictionary<string, double> { [name] = value }));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private static PolicyDescriptor PrefixCacheDescriptor<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => TPolicy.Descriptor;
}
