using System.Text;

namespace Squelch.Tool.Tests;

/// <summary>What a replay shows on terminals of several widths: the answer first, then tables that fit, and a sign where something is left out.</summary>
public sealed class ComparisonReportTests : IDisposable
{
    private const int Policies = 45;
    private const int AllRows = 12;

    private readonly Workplace _workplace = new();

    public void Dispose() => _workplace.Dispose();

    [Theory]
    [InlineData(80, "Lru,Marconi,Belady", false)]
    [InlineData(80, "all", false)]
    [InlineData(80, "all", true)]
    [InlineData(120, "all", false)]
    [InlineData(120, "Lru,Sieve,Belady", true)]
    [InlineData(200, "Lru,Marconi,Belady", false)]
    [InlineData(200, "all", true)]
    public async Task TheAnswerComesFirstAndNothingIsCutWithoutASign(int width, string policies, bool keys)
    {
        string[] lines = await LinesAsync(width, keys ? _workplace.Keys : BundledTraces.Paths[0], "--policy", policies, "--capacity", keys ? "2KB" : "1.7GB");

        // An answer is a sentence that names LRU or a policy, at the capacity that was asked for.
        string first = string.Join(' ', lines.TakeWhile(line => line.Length > 0));
        Assert.Contains(keys ? "2KB" : "1.7GB", first, StringComparison.Ordinal);
        Assert.EndsWith(".", first, StringComparison.Ordinal);
        Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
        string[] table = [.. lines.SkipWhile(line => !line.StartsWith('╭')).TakeWhile(line => !line.StartsWith('╰'))];
        int rows = table.Length - table.TakeWhile(line => !line.StartsWith('├')).Count() - 1;
        Assert.InRange(rows, policies == "all" ? AllRows - 2 : 2, AllRows);
        string notes = string.Join(' ', lines.SkipWhile(line => !line.StartsWith('╰')));
        Assert.Equal(policies == "all", notes.Contains("rows, --all shows the rest", StringComparison.Ordinal));
        Assert.Equal(width < 200, notes.Contains("on a wider terminal also: ", StringComparison.Ordinal));
        string shown = string.Join('\n', table);
        Assert.True(shown.Contains("tunables", StringComparison.Ordinal) != notes.Contains("tunables", StringComparison.Ordinal) || keys, notes);
    }

    [Fact]
    public async Task AllRowsCanBeAskedFor()
    {
        string[] lines = await LinesAsync(120, _workplace.Trace, "--capacity", "90MB", "--all");
        string shown = string.Join('\n', lines);

        Assert.DoesNotContain("shows the rest", shown, StringComparison.Ordinal);
        Assert.All(PolicyAssemblies.Load([]).Policies, policy => Assert.Contains(policy.Descriptor.Name, shown, StringComparison.Ordinal));
        Assert.Equal(Policies, PolicyAssemblies.Load([]).Policies.Count);
    }

    /// <summary>Whoever names no capacity sees three, from where little fits to where much does, and how much of the trace they hold.</summary>
    [Fact]
    public async Task WithoutACapacityTheTraceGivesThree()
    {
        string[] headings = [.. (await LinesAsync(180, _workplace.Trace, "--policy", "Lru,Marconi")).Where(line => line.Contains("of what it fills", StringComparison.Ordinal))];

        Assert.InRange(headings.Length, 1, 3);
    }

    [Fact]
    public async Task WhereNothingIsEvictedItIsSaid()
    {
        string[] lines = await LinesAsync(180, _workplace.Trace, "--policy", "Lru,SglangPlus", "--capacity", "1TB");

        Assert.StartsWith("Nothing was evicted at 1TB, so every policy gives the same", lines[0], StringComparison.Ordinal);
        Assert.Contains("the same as Lru: SglangPlus", string.Join('\n', lines), StringComparison.Ordinal);
    }

    /// <summary>A key has no tokens, and nothing is prefilled.</summary>
    [Fact]
    public async Task KeysAreSpokenOfAsKeys()
    {
        string shown = string.Join('\n', await LinesAsync(180, _workplace.Keys, "--policy", "Lru,Gdsf", "--unit-sizes", "--capacity", "20"));

        Assert.Contains("20 keys", shown, StringComparison.Ordinal);
        foreach (string word in (string[])["token", "FLOP", "TTFT", "20B"])
        {
            Assert.DoesNotContain(word, shown, StringComparison.Ordinal);
        }
    }

    /// <summary>Each admission has a bound and an offline rule of its own.</summary>
    [Fact]
    public async Task WhatPoliciesAreHeldAgainstStandsUnderTheTable()
    {
        string[] lines = await LinesAsync(200, _workplace.Trace, "--policy", "Lru,Marconi,VllmPlus", "--capacity", "90MB");

        Assert.Contains(lines, line => line.StartsWith("best offline rule for ", StringComparison.Ordinal) && line.Contains("Lru", StringComparison.Ordinal) && line.Contains(". Upper bound (proven): ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("best offline rule for VllmPlus: ", StringComparison.Ordinal) && line.EndsWith(" % with any.", StringComparison.Ordinal));
    }

    /// <summary>What the answer names can be looked up in the table.</summary>
    [Fact]
    public async Task TheBestByRequestsHasItsRow()
    {
        string[] lines = await LinesAsync(180, _workplace.Keys, "--capacity", "2KB");
        string answer = Assert.Single(lines, line => line.StartsWith("Counted by requests, ", StringComparison.Ordinal));
        string policy = answer.Split(' ')[3];

        Assert.Contains(lines, line => line.StartsWith($"│ {policy} ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task OneOfAThingIsNoPlural()
    {
        string keys = _workplace.PathOf("one.csv");
        await File.WriteAllTextAsync(keys, "key\na\n");
        string shown = string.Join('\n', await LinesAsync(180, keys, "--policy", "Lru", "--capacity", "1"));

        Assert.Contains("1 key, 100 % of what it fills · 1 request\n", shown, StringComparison.Ordinal);
        Assert.Contains("over 1,000 % of what it fills", string.Join('\n', await LinesAsync(180, keys, "--policy", "Lru", "--capacity", "1GB")), StringComparison.Ordinal);
    }

    private static async Task<string[]> LinesAsync(int width, string trace, params string[] options)
    {
        using var output = new MemoryStream();
        var error = new StringWriter();
        int code = await SquelchTool.RunAsync(["replay", trace, .. options], Terminal.Pictured(output, error, width));
        Assert.Equal((ExitCode.Success, ""), (code, error.ToString()));
        return [.. Encoding.UTF8.GetString(output.ToArray()).Split('\n').Select(line => line.TrimEnd())];
    }
}
