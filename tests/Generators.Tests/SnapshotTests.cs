using Microsoft.CodeAnalysis;
using Squelch.Tests;
using VerifyXunit;

namespace Squelch.Generators.Tests;

/// <summary>What the policy compiler writes, as a reader sees it.</summary>
public class SnapshotTests
{
    [Theory]
    [InlineData("Marconi")]
    [InlineData("Gdsf")]
    [InlineData("Lru")]
    public async Task ABuiltInPolicy(string policy)
    {
        string source = "using System;\n" + await File.ReadAllTextAsync(Path.Combine(SharedData.Repository, "Policies", policy + ".cs"));
        await Verifier.Verify(Compiled.Driver().RunGenerators(Compiled.Compilation(source))).UseDirectory("Snapshots").UseParameters(policy);
    }

    /// <summary>The file that a compilation with Squelch.GpuScoring gets besides.</summary>
    [Fact]
    public async Task AKernel()
    {
        string source = "using System;\n" + await File.ReadAllTextAsync(Path.Combine(SharedData.Repository, "Policies", "Marconi.cs"));
        GeneratorDriverRunResult result = Compiled.Driver().RunGenerators(Compiled.WithGpuScoring(Compiled.Compilation(source))).GetRunResult();
        await Verifier.Verify(result.GeneratedTrees.Single(tree => tree.FilePath.EndsWith(".Gpu.g.cs", StringComparison.Ordinal)).ToString(), "cs").UseDirectory("Snapshots");
    }

    [Fact]
    public void ABuiltInPolicyCompilesWithoutAWarning()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "Policies"), "*.cs"))
        {
            Assert.Empty(Compiled.Build("using System;\n" + File.ReadAllText(file), out _));
        }
    }
}
