using System.Reflection;
using Squelch.Tests;

namespace Squelch.Analyzers.Tests.Zoo;

/// <summary>No false alarm: policies of other systems, as a competent author writes them, and our own are silent and compile without a warning.</summary>
public class ZooTests
{
    public static TheoryData<string> Others => [.. Files("tests/Analyzers.Tests/Zoo", "*.txt")];

    public static TheoryData<string> Policies =>
    [
        .. Files("tests/Analyzers.Tests/Zoo", "*.txt"),
        .. Files("Policies", "*.cs"),
        .. Files("samples", "*.cs").Where(file => !file.EndsWith("Program.cs", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Policies))]
    public async Task APolicyThatIsRightIsSilent(string file)
    {
        const string Usings = "global using System; global using System.Collections.Generic; global using System.Linq;";
        string source = await File.ReadAllTextAsync(Path.Combine(SharedData.Repository, file));
        Assert.Empty((await Compiled.Diagnose(source, Usings)).Select(diagnostic => diagnostic.ToString()));
        Assert.Empty(Compiled.Build(source, Usings).Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [MemberData(nameof(Others))]
    public async Task APolicyThatIsRightEvictsEachCandidateOnce(string file)
    {
        string source = await File.ReadAllTextAsync(Path.Combine(SharedData.Repository, file));
        typeof(ZooTests).GetMethod(nameof(EvictAll), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(Compiled.Load(source).GetType("Zoo." + Path.GetFileNameWithoutExtension(file), throwOnError: true)!)
            .Invoke(null, null);
    }

    private static void EvictAll<TPolicy>()
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        var nodes = new NodeTable(ModelShape.PaperHybrid);
        int root = nodes.Add(NodeTable.None, 0);
        IVictimSelector selector = TPolicy.FromTunables([.. TPolicy.Descriptor.Tunables.Select(tunable => tunable.Default)]).CreateSelector(nodes, seed: 5);
        var candidates = new HashSet<int>();
        for (int i = 0; i < 50; i++)
        {
            int node = nodes.Add(root, 1 + (i * 37 % 400));
            selector.Grow(nodes.Capacity);
            selector.Insert(node, new Access(i, i % 3, i % 5 == 0 ? double.PositiveInfinity : i + 40, i % 7 == 0 ? double.PositiveInfinity : i + 60));
            selector.SetCandidate(node, true);
            candidates.Add(node);
            if (i % 4 == 0)
            {
                selector.Hit(node, new Access(i, 1, i + 30, i + 90));
            }
        }

        for (int now = 60; candidates.Count > 0; now++)
        {
            int victim = selector.Select(now);
            Assert.True(candidates.Remove(victim), $"{victim} is no candidate");
            selector.Evicting(victim, now);
            selector.SetCandidate(victim, false);
            selector.Remove(victim);
        }

        Assert.True(selector.Select(1000) < 0);
    }

    private static IEnumerable<string> Files(string folder, string pattern)
        => Directory.EnumerateFiles(Path.Combine(SharedData.Repository, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(SharedData.Repository, file))
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Order(StringComparer.Ordinal);
}
