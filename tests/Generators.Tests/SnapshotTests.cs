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

    [Fact]
    public void ABuiltInPolicyCompilesWithoutAWarning()
    {
        foreach (string file in Directory.EnumerateFiles(Path.Combine(SharedData.Repository, "Policies"), "*.cs"))
        {
            Assert.Empty(Compiled.Build("using System;\n" + File.ReadAllText(file), out _));
        }
    }
}
