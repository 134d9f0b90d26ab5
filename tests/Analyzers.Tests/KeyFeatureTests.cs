using System.Globalization;
using System.Reflection;

namespace Squelch.Analyzers.Tests;

/// <summary>What the table of features says of keys is what a policy reads in a cache of keys.</summary>
public class KeyFeatureTests
{
    private static readonly KeyRequest[] s_requests = [new(1, 3, NextUse: 8, Cost: 7), new(2, 5, NextUse: 6, Cost: 11), new(3, 2), new(1, 3, NextUse: 9)];

    private static readonly Dictionary<ulong, double> s_sizes = new() { [1] = 3, [2] = 5, [3] = 2 };

    private static readonly Dictionary<ulong, double> s_costs = new() { [1] = 7, [2] = 11, [3] = 1 };

    private static readonly Type s_policy = Compiled
        .Load(Compiled.Policy("[ReuseTable(1)] static double Class() => 0;" + string.Concat(BuiltInFeatures.All.Select(feature => $"[Term] static double Is_{feature.Name}(double {feature.Name}) => {feature.Name};"))))
        .GetType("N.P", throwOnError: true)!;

    public static TheoryData<string> Names => [.. BuiltInFeatures.All.Select(feature => feature.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void OfKeysAFeatureIsWhatItsTableSays(string name)
    {
        FeatureDescriptor feature = BuiltInFeatures.All.Single(feature => feature.Name == name);
        Dictionary<ulong, double> read = Read(name, sized: true);
        Assert.Equal(3, read.Count);
        switch (feature.OfKeys.Split(' ', ';'))
        {
            case ["always", var value]:
                Assert.All(read.Values, one => Assert.Equal(value == "infinity" ? double.PositiveInfinity : double.Parse(value, CultureInfo.InvariantCulture), one));
                break;
            case ["the", "key's", "size", ..]:
                Assert.Equal(s_sizes, read);
                Assert.All(Read(name, sized: false).Values, one => Assert.Equal(1, one));
                break;
            case ["what", "fetching", "the", "key", "costs", ..]:
                Assert.Equal(s_costs, read);
                break;
            case ["hits" or "hits,", ..]:
                // Of few sessions a sketch tells as many.
                Assert.Equal(Read("hits", sized: true), read.ToDictionary(pair => pair.Key, pair => Math.Round(pair.Value)));
                break;
            case ["the", "same,", "of", "the", "key"]:
                // Nothing was evicted before it came.
                Assert.All(read.Values, one => Assert.Equal(double.PositiveInfinity, one));
                break;
            case ["the", "same"]:
                Assert.Equal(feature.IsSameForAll, read.Values.Distinct().Count() == 1);
                break;
            default:
                Assert.Fail($"no test knows what '{feature.OfKeys}' means");
                break;
        }
    }

    /// <summary>The feature of each key after the requests.</summary>
    private static Dictionary<ulong, double> Read(string name, bool sized)
        => (Dictionary<ulong, double>)typeof(KeyFeatureTests).GetMethod(nameof(ReadUnder), BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(s_policy).Invoke(null, [name, sized])!;

    private static Dictionary<ulong, double> ReadUnder<TPolicy>(string name, bool sized)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        FormulaSelector selector = null!;
        var cache = new KeyCache((nodes, seed) => selector = (FormulaSelector)default(TPolicy).CreateSelector(nodes, seed), 100, sized);
        foreach (KeyRequest request in s_requests)
        {
            cache.Request(request);
        }

        NodeTable nodes = selector.Nodes;
        return Enumerable.Range(0, nodes.Capacity).Where(node => nodes.IsLive(node) && !nodes.IsRoot(node))
            .ToDictionary(nodes.Key, node => selector.Explain(node, cache.Requests).Single(term => term.Name == $"Is_{name}").Raw);
    }
}
