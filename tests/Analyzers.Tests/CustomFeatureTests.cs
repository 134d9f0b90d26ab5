using System.Reflection;

namespace Squelch.Analyzers.Tests;

/// <summary>When features of a policy's own are computed, and what they read then.</summary>
public class CustomFeatureTests
{
    /// <summary>In a cache of one key each node takes the slot of the one before.</summary>
    [Theory]
    [InlineData("[Feature, OnInsert] static double A(double b) => b; [Feature, OnInsert, OnHit] static double B(double now) => now;", 0)]
    [InlineData("[Feature, OnInsert] static double A(double b) => b; [Feature, OnHit] static double B(double now) => now;", 0)]
    [InlineData("[Feature, OnInsert] static double A(double a, double now) => a + now;", 3)]
    [InlineData("[Feature, OnInsert, OnHit] static double B(double now) => now; [Feature, OnInsert] static double A(double b) => b;", 3)]
    public void WhatHasNoValueYetIs0(string features, double expected)
        => Assert.Equal(expected, Read(features, [1, 1, 2]));

    [Theory]
    [InlineData("[Feature, OnHit] static double A(double hits) => hits;", 2)]
    [InlineData("[Feature, OnHit] static double A(double now, double lastAccess) => 1 + now - lastAccess;", 1)]
    [InlineData("[Feature, OnHit] static double A(double now, double b) => now - b; [Feature, OnInsert, OnHit] static double B(double now) => now;", 1)]
    [InlineData("[Feature, OnInsert, OnHit] static double B(double now) => now; [Feature, OnHit] static double A(double now, double b) => 1 + now - b;", 1)]
    [InlineData("[Feature, OnInsert] static double A(double now) => now;", 3)]
    public void AHitHasTheNewValuesOfWhatIsBuiltInAndOfWhatIsDeclaredBefore(string features, double expected)
        => Assert.Equal(expected, Read(features, [1, 2, 3, 3]));

    /// <summary>The feature <c>a</c> of the one key that is left.</summary>
    private static double Read(string features, ulong[] keys)
        => (double)typeof(CustomFeatureTests).GetMethod(nameof(ReadUnder), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(Compiled.Load(Compiled.Policy(features + "[Term] static double T(double a) => a; [Term] static double U(double now) => 0 * now;")).GetType("N.P", throwOnError: true)!)
            .Invoke(null, [keys])!;

    private static double ReadUnder<TPolicy>(ulong[] keys)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        FormulaSelector selector = null!;
        var cache = new KeyCache((nodes, seed) => selector = (FormulaSelector)default(TPolicy).CreateSelector(nodes, seed), 1);
        foreach (ulong key in keys)
        {
            cache.Request(new(key));
        }

        int node = Enumerable.Range(0, selector.Nodes.Capacity).Single(node => selector.Nodes.IsLive(node) && !selector.Nodes.IsRoot(node));
        return selector.Explain(node, cache.Requests)[0].Raw;
    }
}
