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
        string source = "using System;\n" + await File.ReadAllTextAsync(PathOf(policy));
        await Verifier.Verify(Compiled.Driver().RunGenerators(Compiled.Compilation(source))).UseDirectory("Snapshots").UseParameters(policy);
    }

    /// <summary>The file that a compilation with Squelch.GpuScoring gets besides.</summary>
    [Fact]
    public async Task AKernel()
    {
        string source = "using System;\n" + await File.ReadAllTextAsync(PathOf("Marconi"));
        GeneratorDriverRunResult result = Compiled.Driver().RunGenerators(Compiled.WithGpuScoring(Compiled.Compilation(source))).GetRunResult();
        await Verifier.Verify(result.GeneratedTrees.Single(tree => tree.FilePath.EndsWith(".Gpu.g.cs", StringComparison.Ordinal)).ToString(), "cs").UseDirectory("Snapshots");
    }

    [Fact]
    public void ABuiltInPolicyCompilesWithoutAWarning()
    {
        foreach (string text in PolicyFiles("*.cs").Select(File.ReadAllText).Where(text => text.Contains("[EvictionPolicy", StringComparison.Ordinal) && !text.Contains("Selector = typeof", StringComparison.Ordinal)))
        {
            Assert.Empty(Compiled.Build("using System;\n" + text, out _));
        }
    }

    private static string PathOf(string policy) => PolicyFiles(policy + ".cs").Single();

    private static IEnumerable<string> PolicyFiles(string pattern)
        => Directory.EnumerateDirectories(Path.Combine(SharedData.Repository, "Policies"))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern));
}
