using Squelch.Generators.Ir;
using Xunit;

namespace Squelch.Emit.Tests;

public class EmittedTextTests
{
    [Fact]
    public void CompilesWithoutWarnings()
    {
        var diagnostics = CompiledPolicies.Compile(Samples.All).GetDiagnostics();
        Assert.True(diagnostics.IsEmpty, string.Join("\n", diagnostics.Take(20)));
    }

    [Theory]
    [InlineData("Marconi", PlanKind.PrunedScan)]
    [InlineData("Hyperbolic", PlanKind.PrunedScan)]
    [InlineData("Lru", PlanKind.List)]
    [InlineData("Lfu", PlanKind.Heap)]
    [InlineData("RandomNode", PlanKind.FullScan)]
    [InlineData("Gdsf", PlanKind.Heap)]
    [InlineData("Single", PlanKind.PrunedScan)]
    [InlineData("Stale", PlanKind.PrunedScan)]
    [InlineData("Mixed", PlanKind.PrunedScan)]
    [InlineData("Lanes", PlanKind.FullScan)]
    [InlineData("Weighed", PlanKind.Heap)]
    [InlineData("Reused", PlanKind.PrunedScan)]
    [InlineData("Survivor", PlanKind.PrunedScan)]
    [InlineData("ReusedSingle", PlanKind.PrunedScan)]
    public void ChoosesThePlan(string name, PlanKind plan)
    {
        PolicyModel model = Samples.All.Single(sample => sample.Name == name);
        Assert.Equal(plan, CompiledPolicies.Descriptor(model).Plan.Kind);
        Assert.NotEmpty(CompiledPolicies.Descriptor(model).Plan.Reasons);
    }
}
