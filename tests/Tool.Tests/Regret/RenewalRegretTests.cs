using System.Text.Json.Nodes;

namespace Squelch.Tool.Tests;

public class RenewalRegretTests
{
    private const string Others = "Arc,ExpectedSaving,Lhd,Lru,Marconi,SegLen,SglangPlus,VllmPlus";

    /// <summary>On the smaller bundled trace, Renewal is at most half a point behind the best of these at any size; on hybrids it is well before them in the mean.</summary>
    [Theory]
    [InlineData("marconi-7b", -2)]
    [InlineData("jamba-1.5-mini", -1.25)]
    [InlineData("transformer-7b", 0)]
    public async Task RenewalIsNearTheBestEverywhere(string model, double mean)
    {
        string trace = BundledTraces.Paths.Single(path => path.Contains("miniswe", StringComparison.Ordinal));
        ToolRun run = await ToolRun.OfAsync("regret", trace, "--policy", "Renewal", "--against", Others, "--model", model, "--json", "-");

        JsonNode own = JsonNode.Parse(run.Out)!["models"]![0]!["own"]!;
        Assert.Equal(4, (int)own["cellsWithinHalfAPoint"]!);
        Assert.InRange((double)own["mean"]!, -100, mean);
    }
}
