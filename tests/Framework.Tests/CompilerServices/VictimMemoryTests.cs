namespace Squelch.Tests;

/// <summary>The feature <c>evictedAgo</c>.</summary>
public sealed class VictimMemoryTests
{
    private readonly NodeTable _nodes = new(ModelShape.Keys);
    private readonly VictimMemory _memory;

    public VictimMemoryTests()
    {
        _memory = new(_nodes);
        _memory.Grow(4);
    }

    [Fact]
    public void AKeyThatComesBackWasEvictedSoLongAgo()
    {
        Assert.Equal(double.PositiveInfinity, Made(7, 1));
        _memory.Evicting(0, 5);
        Assert.Equal(double.PositiveInfinity, Made(8, 6));
        Assert.Equal(3, Made(7, 8));

        // It is there, so nothing is remembered of it.
        Assert.Equal(double.PositiveInfinity, Made(7, 9));
    }

    [Fact]
    public void NoNameIsRemembered()
    {
        Made(0, 1);
        _memory.Evicting(0, 2);
        Assert.Equal(double.PositiveInfinity, Made(0, 3));
    }

    /// <summary>64 at least, else as many as there are nodes.</summary>
    [Theory]
    [InlineData(0, 64)]
    [InlineData(200, 200)]
    public void TheOldestAreForgotten(int nodes, int remembered)
    {
        for (int node = 0; node < nodes; node++)
        {
            _nodes.Add(NodeTable.None, 0);
        }

        for (ulong key = 1; key <= 1000; key++)
        {
            Made(key, key);
            _memory.Evicting(0, key);
        }

        Assert.Equal(remembered, Enumerable.Range(1, 1000).Count(key => Made((ulong)key, 2000) != double.PositiveInfinity));
    }

    /// <summary>Its first eviction is forgotten in its turn, its second not yet.</summary>
    [Fact]
    public void AKeyThatGoesTwiceIsRememberedByTheLater()
    {
        for (int i = 0; i < 2; i++)
        {
            Made(1, 10 * i);
            _memory.Evicting(0, (10 * i) + 5);
        }

        for (ulong key = 2; key <= 64; key++)
        {
            Made(key, 20);
            _memory.Evicting(0, 20);
        }

        Assert.Equal(85, Made(1, 100));
    }

    private double Made(ulong key, double now) => _memory.Made(0, new(now, Key: key));
}
