using static Squelch.Tool.Tests.SampleSweep;

namespace Squelch.Tool.Tests;

public sealed class EqualPoliciesTests
{
    [Fact]
    public void PoliciesThatDifferAtOneCapacityAreNotEqual()
    {
        IReadOnlyList<EqualPolicies> found = EqualPolicies.Of(
        [
            Outcome("Ttl", 3000), Outcome("Lru", 3000), Outcome("Arc", 3000), Outcome("Belady", 3000),
            Outcome("Ttl", 3100, capacity: 2 * GB), Outcome("Lru", 3100, capacity: 2 * GB), Outcome("Arc", 3200, capacity: 2 * GB), Outcome("Belady", 3100, capacity: 2 * GB),
        ]);

        Assert.Equal(["Lru (= Ttl)", "Arc", "Belady"], found.Select(equal => equal.Name));
    }

    [Fact]
    public void TheUsersOwnPolicyStandsForItsEquals()
    {
        EqualPolicies equal = Assert.Single(EqualPolicies.Of([Outcome("Arc", 3000), Outcome("Lru", 3000), Outcome("OwnPolicy", 3000), Outcome("Marconi", 3000)]));

        Assert.Equal("OwnPolicy (= Lru, Marconi, Arc)", equal.Name);
        Assert.Equal("OwnPolicy = Lru = Marconi +1", equal.ShortName);
        Assert.Equal("Arc", equal.UnnamedNames);
    }

    [Fact]
    public void NamesThatAreTooManyAreCounted()
        => Assert.Equal(
            "Lru (= Arc, Fifo, Gdsf and 2 more)",
            Assert.Single(EqualPolicies.Of([.. new[] { "Lru", "Arc", "Fifo", "Gdsf", "Lfu", "Lhd" }.Select(policy => Outcome(policy, 3000))])).Name);
}
