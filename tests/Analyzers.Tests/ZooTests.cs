using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Squelch.Tests;

namespace Squelch.Analyzers.Tests;

/// <summary>Policies of published systems and of this repository: nothing is wrong with them, so nothing is said.</summary>
public partial class ZooTests
{
    private static readonly string s_zoo = Path.Combine(SharedData.Repository, "tests", "Analyzers.Tests", "Zoo");

    private static readonly string[] s_names = [.. Directory.GetFiles(s_zoo, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    private static readonly Lazy<PolicyCatalog> s_catalog = new(() => PolicyCatalog.From([Compiled.Load([.. s_names.Select(Zoo)])]));

    private static readonly Lazy<Trace> s_trace = new(() => Chats(sessions: 40, requests: 400));

    public static TheoryData<string> Systems => [.. s_names];

    public static TheoryData<string> Ours
        => [.. new[] { "Policies", "samples" }
            .SelectMany(folder => Directory.GetFiles(Path.Combine(SharedData.Repository, folder), "*.cs", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(SharedData.Repository, file).Replace('\\', '/'))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Where(file => File.ReadAllText(Path.Combine(SharedData.Repository, file)) is var text && text.Contains("[EvictionPolicy", StringComparison.Ordinal)

                // Its selector is in a file of its own.
                && !text.Contains("Selector = typeof", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Systems))]
    public void APolicyOfAPublishedSystemCompilesWithoutAWarning(string name) => Assert.Empty(Compiled.Build(Zoo(name)));

    [Theory]
    [MemberData(nameof(Systems))]
    public async Task APolicyOfAPublishedSystemRaisesNoAlarm(string name)
    {
        string reported = await Reported(Zoo(name));
        Assert.True(reported == Expected(Zoo(name)), reported);
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void APolicyOfAPublishedSystemEvictsEachCandidateOnce(string name)
    {
        typeof(ZooTests).GetMethod(nameof(EvictAll), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(Compiled.Load(Zoo(name)).GetType("Zoo." + name, throwOnError: true)!)
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
            selector.Insert(node, new Access(i, new(i % 3, i % 5 == 0 ? double.PositiveInfinity : i + 40, i % 7 == 0 ? double.PositiveInfinity : i + 60)));
            selector.SetCandidate(node, true);
            candidates.Add(node);
            if (i % 4 == 0)
            {
                selector.Hit(node, new Access(i, new(1, i + 30, i + 90)));
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

    [Theory]
    [MemberData(nameof(Ours))]
    public async Task APolicyOfThisRepositoryCompilesWithoutAWarningAndRaisesNoAlarm(string file)
    {
        // The project's implicit usings are no part of the file.
        string source = File.ReadAllText(Path.Combine(SharedData.Repository, file));
        Assert.Empty(Compiled.Build("using System;" + source));
        Assert.Empty(await Reported("using System;" + source));
    }

    [Theory]
    [MemberData(nameof(Systems))]
    public void APolicyOfAPublishedSystemKeepsACacheInItsBudget(string name)
    {
        ReplayResult result = s_catalog.Value.Find(name).Replay(s_trace.Value, new ReplayOptions { CapacityBytes = 1_000_000_000 });
        Assert.True(result.LeafEvictions + result.JoinEvictions > 100, "nothing had to go");
        Assert.InRange(result.PeakBytes, result.CapacityBytes / 2, result.CapacityBytes);
        Assert.NotEqual(0, result.HitTokens);
    }

    private static string Zoo(string name) => File.ReadAllText(Path.Combine(s_zoo, name + ".txt"));

    /// <summary>Sessions that grow by a turn with each request.</summary>
    private static Trace Chats(int sessions, int requests)
    {
        var random = new Random(5);
        List<int>[] histories = [.. Enumerable.Range(0, sessions).Select(_ => Enumerable.Range(0, 100).ToList())];
        return new Trace("chats", 1, [.. Enumerable.Range(0, requests).Select(i => Turn(random, histories[random.Next(sessions)], i))]);
    }

    private static Request Turn(Random random, List<int> history, int time)
    {
        history.AddRange(Enumerable.Range(0, random.Next(20, 200)).Select(_ => random.Next(1000, 30_000)));
        int input = history.Count;
        history.AddRange(Enumerable.Range(0, random.Next(20, 200)).Select(_ => random.Next(1000, 30_000)));
        return new Request { Pages = history.ToArray(), InputPages = input, InputTokens = input, OutputTokens = history.Count - input, Time = time };
    }

    /// <summary>The ids that the file says are right.</summary>
    private static string Expected(string source) => string.Join("\n", Expectation().Matches(source).Select(match => match.Groups[1].Value));

    /// <summary>The ids reported, with the message where the file expects none, so that a failure says all.</summary>
    private static async Task<string> Reported(string source)
    {
        string[] expected = Expected(source).Split('\n');
        return string.Join("\n", (await Compiled.Diagnose(source)).Select(diagnostic => expected.Contains(diagnostic.Id)
            ? diagnostic.Id
            : $"{diagnostic.Id} {diagnostic.GetMessage(CultureInfo.InvariantCulture)}"));
    }

    [GeneratedRegex(@"^// expect (SQ\d{4}): \S", RegexOptions.Multiline)]
    private static partial Regex Expectation();
}
