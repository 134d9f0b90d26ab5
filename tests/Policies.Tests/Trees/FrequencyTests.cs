
namespace Squelch.Policies.Tests.Trees;

public sealed class FrequencyTests
{
    /// <summary>A has 3 uses; B, C and D have one each when they go.</summary>
    [Fact]
    public void LfuNeverForgets() => Assert.Equal("BCD", KeyScript.Victims<Lfu>(2, "A A A B C D E"));

    /// <summary>
    /// Keys: A 3, B 1. C comes: B goes, the age becomes 1, C has 1 + 1 = 2. D comes: C (2) goes, the age is 2, D has 3. E comes: A and D have 3, and A
    /// was made first. LFU would have dropped D.
    /// </summary>
    [Fact]
    public void LfuDaLetsOldFameFade() => Assert.Equal("BCA", KeyScript.Victims<LfuDa>(2, "A A A B C D E"));

    /// <summary>
    /// Lambda 1, when C comes at 5: A has (1 + (1 + 1/2)/2) = 1.75 at 3, worth 1.75/4 = 0.4375 at 5; B has 1 at 4, worth 1/2. A goes, as with LRU. With
    /// lambda 0 A is worth 3 and B 1, as with LFU.
    /// </summary>
    [Fact]
    public void LrfuLiesBetweenLruAndLfu()
    {
        Assert.Equal("A", KeyScript.Victims<Lrfu>(2, "A A A B C", 1));
        Assert.Equal("B", KeyScript.Victims<Lrfu>(2, "A A A B C", 0));
    }
}
