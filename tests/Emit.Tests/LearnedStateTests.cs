using Xunit;

namespace Squelch.Emit.Tests;

/// <summary>Numbers of the policy itself that hits and insertions write.</summary>
public class LearnedStateTests
{
    /// <summary>
    /// Made at 10, used at 14 and 24: the gaps are 4 and 10, of which the mean takes a quarter each: 1, then 3.25. What is declared below is from before the
    /// event: the use but one, at 14. A second node is made, so two are.
    /// </summary>
    [Fact]
    public void AHitAndAnInsertionWriteWhatFormulasRead()
    {
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        int root = nodes.Add(NodeTable.None, 0);
        int node = nodes.Add(root, 100);
        int other = nodes.Add(root, 100);
        FormulaSelector selector = CompiledPolicies.Selector(Samples.Learned, nodes);
        selector.Insert(node, new(10));
        selector.Insert(other, new(10));
        Assert.Equal((1.0 / 21) + 0 + 2, selector.Score(node, 30));

        selector.Hit(node, new(14));
        Assert.Equal((1.0 / 17) + 10 + 2, selector.Score(node, 30));

        selector.Hit(node, new(24));
        Assert.Equal((3.25 / 7) + 14 + 2, selector.Score(node, 30));
        Assert.Equal((3.25 / 21) + 14 + 2, selector.Score(other, 30));
    }

    /// <summary>An eviction writes what is declared for it too: the victim's last use.</summary>
    [Fact]
    public void OneMethodMayServeSeveralEvents()
    {
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        int root = nodes.Add(NodeTable.None, 0);
        int node = nodes.Add(root, 100);
        int victim = nodes.Add(root, 100);
        FormulaSelector selector = CompiledPolicies.Selector(Samples.Learned, nodes);
        selector.Insert(node, new(10));
        selector.Insert(victim, new(12));
        selector.Evicting(victim, 20);

        Assert.Equal((1.0 / 21) + 12 + 2, selector.Score(node, 30));
    }

    [Fact]
    public void TheDescriptorTellsThem()
    {
        StateUpdateDescriptor[] expected = [new("Made", StateEvents.Insert, "made + hits"), new("MeanGap", StateEvents.Hit, "meanGap + (gap - meanGap) / 4"), new("Seen", StateEvents.Hit | StateEvents.Evict, "last")];
        Assert.Equal(expected, CompiledPolicies.Descriptor(Samples.Learned).StateUpdates.AsEnumerable());
    }
}
