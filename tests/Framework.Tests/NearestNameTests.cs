namespace Squelch.Tests;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("Marcony", "Marconi")]
    [InlineData("marconi", "Marconi")]
    [InlineData("Marcno", "Marconi")]
    [InlineData("SglangPlsu", "SglangPlus")]
    [InlineData("Rando", "RandomLeaf")]
    [InlineData("zzzzzz", null)]
    [InlineData("", null)]
    public void TheNearestNameIsFound(string written, string? meant)
        => Assert.Equal(meant, NearestName.Find(written, ["Marconi", "SglangPlus", "RandomLeaf", "RandomNode", "Lfu"]));
}
