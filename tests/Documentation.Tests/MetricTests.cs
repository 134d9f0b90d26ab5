using System.Globalization;
using System.Text.RegularExpressions;
using Squelch.Lab;
using Squelch.Tool;

namespace Squelch.Documentation.Tests;

/// <summary>
/// docs/metrics.md explains each number that the command prints, and none that it does not. Above a table stands what its first column names:
/// <c>&lt;!-- names: replay columns --&gt;</c>, one of <see cref="MetricNames"/>.
/// </summary>
public partial class MetricTests
{
    private const string Path = "docs/metrics.md";

    public static TheoryData<string> Tables => [.. MetricNames.All];

    [Theory]
    [MemberData(nameof(Tables))]
    public async Task EveryNumberIsExplained(string table)
    {
        string[] lines = Page.Read(Path).Lines;
        int start = Array.FindIndex(lines, line => Names().Match(line).Groups["table"].Value == table);
        Assert.True(start > 0, $"{Path} has no <!-- names: {table} --> above a table");
        string[] explained = [.. lines.Skip(start + 3).TakeWhile(line => line.StartsWith('|')).SelectMany(line => Code().Matches(line[..line.IndexOf(" | ", StringComparison.Ordinal)]).Select(match => match.Groups["name"].Value))];
        string[] real = [.. await MetricNames.OfAsync(table)];
        string[] unexplained = [.. real.Except(explained)];
        string[] unreal = [.. explained.Except(real)];
        Assert.True(unexplained.Length == 0, $"{Path}({start + 1}) explains nothing of {string.Join(", ", unexplained)}: add a row for each");
        Assert.True(unreal.Length == 0, $"{Path}({start + 1}) explains {string.Join(", ", unreal)}, which is not there: take the row out");
        Assert.Equal(explained.Distinct(), explained);
    }

    [Fact]
    public void EveryTableOfNamesIsKnown()
        => Assert.Equal(MetricNames.All.Order(), Page.Read(Path).Lines.Select(line => Names().Match(line)).Where(match => match.Success).Select(match => match.Groups["table"].Value).Order());

    [Fact]
    public void ItsNumbersAreThoseOfTheProgram()
    {
        string text = string.Join(' ', Page.Read(Path).Lines);
        string[] told =
        [
            string.Create(CultureInfo.InvariantCulture, $"{TtftMap.InterceptMs:0.0} ms + {TtftMap.MsPerToken:0.000} ms × tokens left to prefill"),
            string.Create(CultureInfo.InvariantCulture, $"never below {TtftMap.FloorMs:0.0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"drawn anew {Resampling.Draws:N0} times"),
            $"the capacities are {string.Join(", ", ReplayPlan.UsualShares.SkipLast(1).Select(Number.WholePercent))} and {Number.WholePercent(ReplayPlan.UsualShares[^1])} % of it",
        ];
        Assert.All(told, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [GeneratedRegex("^<!-- names: (?<table>.+) -->$")]
    private static partial Regex Names();

    [GeneratedRegex("`(?<name>[^`]+)`")]
    private static partial Regex Code();
}
