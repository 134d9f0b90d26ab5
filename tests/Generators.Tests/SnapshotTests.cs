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

    /// <summary>Scores in an order: the second decides between nodes whose first is equal.</summary>
    [Fact]
    public async Task ALexicographicPolicy() => await Verifier.Verify(Generated("""
        [EvictionPolicy]
        public readonly partial struct Ordered
        {
            [Score(Order = 0)] static double Waited(double now, double lastAccess) => Math.Floor((lastAccess - now) / 1000);

            [Score(Order = 1)] static double Worth(double flopsSaved, double bytesHeld) => flopsSaved / bytesHeld;
        }
        """)).UseDirectory("Snapshots");

    /// <summary>A remainder has no vector form.</summary>
    [Fact]
    public async Task APolicyWithoutVectors() => await Verifier.Verify(Generated("""
        [EvictionPolicy]
        public readonly partial struct Scalar
        {
            [Score] static double Score(double now, double lastAccess, double hits) => hits - ((now - lastAccess) % 60);
        }
        """)).UseDirectory("Snapshots");

    /// <summary>What an author sees who has made a mistake: diagnostics, and nothing else that fails.</summary>
    [Fact]
    public async Task AnInvalidPolicy() => await Verifier.Verify(Generated("""
        [EvictionPolicy]
        public readonly partial struct Wrong
        {
            [Score] static double Score(double lastAcess) => lastAcess;
        }
        """)).UseDirectory("Snapshots");

    [Fact]
    public void ABuiltInPolicyCompilesWithoutAWarning()
    {
        foreach (string text in PolicyFiles("*.cs").Select(File.ReadAllText).Where(text => text.Contains("[EvictionPolicy", StringComparison.Ordinal) && !text.Contains("Selector = typeof", StringComparison.Ordinal)))
        {
            Assert.Empty(Compiled.Build("using System;\n" + text, out _));
        }
    }

    private static GeneratorDriver Generated(string policy)
        => Compiled.Driver().RunGenerators(Compiled.Compilation("using System;\nusing Squelch;\n\nnamespace Samples;\n\n" + policy));

    private static string PathOf(string policy) => PolicyFiles(policy + ".cs").Single();

    private static IEnumerable<string> PolicyFiles(string pattern)
        => Directory.EnumerateDirectories(Path.Combine(SharedData.Repository, "Policies"))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj"))
            .SelectMany(folder => Directory.EnumerateFiles(folder, pattern));
}
