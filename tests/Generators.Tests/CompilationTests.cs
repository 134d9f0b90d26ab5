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
    [InlineData("using Squelch; namespace A_ { public static partial class B { [EvictionPolicy] public readonly partial struct P { " + Score + " } } } namespace A { public static partial class _B { [EvictionPolicy] public readonly partial struct P { " + Score + " } } }")]
    [InlineData("using Squelch; namespace N; [EvictionPolicy] public readonly partial struct Lru { " + Score + " } [EvictionPolicy] public readonly partial struct LRU { " + Score + " }")]
    [InlineData("using Squelch; namespace N; public partial class Outer<T> { [EvictionPolicy] public readonly partial struct P { " + Score + " } }")]
    public void ItCompilesWithoutAWarning(string source) => Assert.Empty(Compiled.Build(source, out _));

    /// <summary>The summary is shown to people, so marks of XML are not in it.</summary>
    [Fact]
    public void ASummaryIsPlainText()
    {
        const string source = """
            using Squelch;
            namespace N;
            /// <summary>The hint <c>priority</c> of <see cref="Squelch.Touch.Path"/>, <paramref name="now"/>;
            /// <para>a &lt; b &amp; c.</para></summary>
            [EvictionPolicy] public readonly partial struct P { [Score] static double S(double lastAccess) => lastAccess; }
            """;
        Assert.Equal("The hint priority of Path, now; a < b & c.", Compiled.Bind(source).Model!.Summary);
    }

    /// <summary>Authors may use the words that generated code uses for itself.</summary>
    [Theory]
    [InlineData("Row")]
    [InlineData("Rows")]
    [InlineData("Part1")]
    [InlineData("Given0")]
    [InlineData("Node")]
    [InlineData("Nodes")]
    [InlineData("Access")]
    [InlineData("Order")]
    [InlineData("Term")]
    [InlineData("Math")]
    [InlineData("Scales")]
    [InlineData("Seed")]
    [InlineData("Creation")]
    [InlineData("DrawKey")]
    [InlineData("Policy")]
    [InlineData("Selector")]
    [InlineData("Tunables")]
    [InlineData("Capacity")]
    [InlineData("Index")]
    [InlineData("Victim")]
    [InlineData("Low")]
    [InlineData("Columns")]
    [InlineData("Values")]
    [InlineData("Scale")]
    [InlineData("Score")]
    [InlineData("Width")]
    [InlineData("Bounds")]
    [InlineData("Best")]
    [InlineData("Self")]
    [InlineData("Given")]
    [InlineData("Visitor")]
    [InlineData("Kernel")]
    [InlineData("FirstTunable")]
    [InlineData("SpreadScale")]
    [InlineData("LastAccessLow")]
    public void NamesMayBeTheGeneratorsOwn(string name)
    {
        string camel = char.ToLowerInvariant(name[0]) + name[1..];
        string feature = $$"""
            using System;
            using Squelch;
            namespace N;
            [EvictionPolicy]
            public readonly partial struct Featured
            {
                [Feature(Unit.None), OnInsert] static double {{name}}(double now, double tokens) => now + tokens;
                [OnHit] static double {{name}}(double {{camel}}, double now, double tokens) => {{camel}} + (now / tokens);
                [Term(Normalize = Normalize.MinMax)] static double Spread(double {{camel}}, double hits, double draw) => (global::System.Math.Max(hits - {{camel}}, 1) * (draw + 1)) + global::System.Math.Max(hits - {{camel}}, 1);
                [Term] static double Often(double hits) => hits;
            }
            """;
        string tunable = $$"""
            using System;
            using Squelch;
            namespace N;
            [EvictionPolicy]
            public readonly partial struct Tuned
            {
                [Tunable(0, 2)] public double {{name}} { get; init; }
                [Score] static double Total(double {{camel}}, double now, double lastAccess, double hits, double draw) => (global::System.Math.Max(now - lastAccess, 1) * {{camel}}) + (global::System.Math.Max(now - lastAccess, 1) * hits) + draw;
            }
            """;

        Assert.Empty(Compiled.Build(feature, out _));
        Assert.Empty(Compiled.Build(tunable, out _));
    }

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
