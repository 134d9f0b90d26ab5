using System.Reflection;

namespace Squelch.Analyzers.Tests;

/// <summary>Two policies of one name could not be told apart, on the command line and in results.</summary>
public sealed class PolicyNameTests
{
    private static readonly PolicyCatalog s_builtIn = PolicyCatalog.From([Of("BuiltIn", "Lru")]);

    /// <summary>Also where it is the assembly's only policy, and in other letters.</summary>
    [Theory]
    [InlineData("Lru")]
    [InlineData("LRU")]
    public void APolicyNamedLikeABuiltInIsRefused(string name)
    {
        string message = Assert.Throws<SquelchException>(() => s_builtIn.With(Of("Mine", name))).Message;
        Assert.Contains($"Mine.{name}, whose name BuiltIn.Lru of", message, StringComparison.Ordinal);
        Assert.Contains("Rename one", message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoPoliciesOfANameInOneAssemblyAreRefused()
    {
        Assembly two = Compiled.Load(Source("A", "Own"), Source("B", "Own"));
        Assert.Contains("Own", Assert.Throws<SquelchException>(() => s_builtIn.With(two)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherNameIsAdded()
        => Assert.Equal(["Lru", "Own"], s_builtIn.With(Of("Mine", "Own")).Policies.Select(policy => policy.Descriptor.Name));

    private static Assembly Of(string space, string name) => Compiled.Load(Source(space, name));

    private static string Source(string space, string name)
        => $"using Squelch; namespace {space} {{ [EvictionPolicy] public readonly partial struct {name} {{ [Score] static double S(double lastAccess) => lastAccess; }} }}";
}
