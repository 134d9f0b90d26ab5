namespace Squelch.Lab.Tests;

public sealed class PolicyCatalogTests
{
    /// <summary>This project gets the framework without the policy compiler, as one does that knows the package through another project alone.</summary>
    [Fact]
    public void APolicyThatWasNotCompiledAsksForThePackage()
    {
        string message = Assert.Throws<SquelchException>(() => PolicyCatalog.From([]).With(typeof(Uncompiled).Assembly)).Message;
        Assert.Equal(
            "Squelch.Lab.Tests was built without the policy compiler, so Uncompiled has [EvictionPolicy] and no code to run. The compiler comes with the package Squelch: "
            + "reference the package in the project of Squelch.Lab.Tests itself, with its analyzers, and build it again.",
            message);
    }

    [Fact]
    public void AnAssemblyWithoutAPolicyIsToldWhatOneIs()
        => Assert.Equal(
            "xunit.assert holds no policy; a policy is a readonly partial struct with [EvictionPolicy], in a project that references the package Squelch.",
            Assert.Throws<SquelchException>(() => PolicyCatalog.From([]).With(typeof(Assert).Assembly)).Message);

    [EvictionPolicy]
    public readonly partial struct Uncompiled
    {
        [Score]
        private static double Score(double lastAccess) => lastAccess;
    }
}
