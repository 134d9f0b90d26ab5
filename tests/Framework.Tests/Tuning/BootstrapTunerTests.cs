using Squelch.Policies;

namespace Squelch.Tests.Tuning;

public sealed class BootstrapTunerTests
{
    private static readonly PrefixCacheOptions s_options = new() { CapacityBytes = 1_000_000_000 };

    [Fact]
    public void APolicyWithoutATunedValueIsRefused()
    {
        using var cache = new PrefixCache<Lru>(s_options);
        SquelchException refusal = Assert.Throws<SquelchException>(() => new BootstrapTuner<Lru>(cache, 5));
        Assert.Contains("[BootstrapTuner]", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AWindowOfNothingIsRefused()
    {
        using var cache = new PrefixCache<Marconi>(s_options);
        SquelchException refusal = Assert.Throws<SquelchException>(() => new BootstrapTuner<Marconi>(cache, 0));
        Assert.Contains("BootstrapMultiplier = 0", refusal.Message, StringComparison.Ordinal);
    }
}
