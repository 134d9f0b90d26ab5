using System.Reflection;

namespace Squelch.Analyzers.Tests;

public sealed class HandWrittenSelectorTests
{
    /// <summary>A selector written by hand gets the policy's tunables as a retuning right after it is made.</summary>
    [Fact]
    public void ItStartsWithThePolicysTunables()
    {
        Assembly compiled = Compiled.Load("""
            using System;
            using Squelch;

            [EvictionPolicy(Selector = typeof(Mine))]
            public readonly partial struct Own
            {
                [Tunable(0, 10, Default = 3)] public double First { get; init; }

                [Tunable(0, 10, Default = 4)] public double Second { get; init; }
            }

            public sealed class Mine : IVictimSelector
            {
                public Mine(NodeTable nodes, ulong seed) { }
                public double Sum { get; private set; }
                public void Grow(int capacity) { }
                public void Insert(int node, in Access access) { }
                public void Hit(int node, in Access access) { }
                public void Touch(int node, in Access access) { }
                public void EdgeChanged(int node) { }
                public void ChildrenChanged(int node) { }
                public void SetCandidate(int node, bool candidate) { }
                public void Evicting(int node, double now) { }
                public void Remove(int node) { }
                public int Select(double now) => -1;
                public void Retune(ReadOnlySpan<double> tunables) => Sum = (100 * tunables[0]) + tunables[1];
            }
            """);
        RegisteredPolicy own = PolicyCatalog.From([compiled]).Find("Own");
        object selector = own.CreateSelector([7, 5], new NodeTable(ModelShape.PaperHybrid), 0);

        Assert.Equal(705.0, selector.GetType().GetProperty("Sum")!.GetValue(selector));
    }
}
