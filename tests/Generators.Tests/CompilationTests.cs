using Microsoft.CodeAnalysis;

namespace Squelch.Generators.Tests;

/// <summary>Shapes of policies that must compile without a warning.</summary>
public class CompilationTests
{
    private const string Score = "[Score] static double S(double lastAccess) => lastAccess;";

    [Theory]
    [InlineData("using Squelch; [EvictionPolicy] readonly partial struct Global { " + Score + " }")]
    [InlineData("using Squelch; namespace N; public partial class Outer { internal partial record Inner { [EvictionPolicy] public readonly partial struct P { " + Score + " } } }")]
    [InlineData("using Squelch; namespace N; [EvictionPolicy(Precision = Precision.Single)] public readonly partial struct P { [Score] static float S(float now, float lastAccess) => 1 / (now - lastAccess + 1); }")]
    [InlineData("using Squelch; namespace N; [EvictionPolicy] public readonly partial struct P { [Score] static double @double(double hits) => hits; }")]
    [InlineData("using Squelch; namespace N; [EvictionPolicy] public readonly partial struct @event { [Tunable(0, 1)] public double @base { get; init; } [Score] static double S(double now, double hits, double @base) => hits / System.Math.Max(now, 1) * @base; }")]
    [InlineData("using Squelch; namespace N; [EvictionPolicy] public readonly partial struct Lru { " + Score + " } [EvictionPolicy] public readonly partial struct LRU { " + Score + " }")]
    [InlineData("using Squelch; namespace N; public partial class Outer<T> { [EvictionPolicy] public readonly partial struct P { " + Score + " } }")]
    public void ItCompilesWithoutAWarning(string source) => Assert.Empty(Compiled.Build(source, out _));

    [Fact]
    public void AHandWrittenSelectorIsUsed()
    {
        const string Source = """
            using System;
            using Squelch;
            namespace N;
            [EvictionPolicy(Selector = typeof(Fifo))]
            public readonly partial struct P;
            public sealed class Fifo(NodeTable nodes, ulong seed) : IVictimSelector
            {
                public void Grow(int capacity) => _ = (nodes, seed);
                public void Insert(int node, in Access access) { }
                public void Hit(int node, in Access access) { }
                public void Touch(int node, in Access access) { }
                public void EdgeChanged(int node) { }
                public void ChildrenChanged(int node) { }
                public void SetCandidate(int node, bool candidate) { }
                public void Evicting(int node, double now) { }
                public void Remove(int node) { }
                public int Select(double now) => -1;
                public void Retune(ReadOnlySpan<double> tunables) { }
            }
            """;
        Assert.Empty(Compiled.Build(Source, out GeneratorDriverRunResult result));
        Assert.Contains("Fifo(nodes, seed)", result.GeneratedTrees.Single().ToString(), StringComparison.Ordinal);
    }
}
