using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Squelch.GpuScoring;

namespace Squelch.Documentation.Tests;

/// <summary>
/// Tables of what the language has are written from the language. One stands between <c>&lt;!-- table: features --&gt;</c> and <c>&lt;!-- end --&gt;</c>; its name is
/// one of <see cref="PageTables"/>.
/// </summary>
public partial class TableTests
{
    private const string End = "<!-- end -->";
    private const string Language = "docs/language.md";

    public static TheoryData<string> PagesWithTables =>
    [
        .. from path in Page.All.Concat(RulesTable.Pages)
           where File.ReadLines(Path.Combine(SharedData.Repository, path)).Any(line => Begin().IsMatch(line))
           select path,
    ];

    [Theory]
    [MemberData(nameof(PagesWithTables))]
    public async Task EveryTableIsWhatTheLanguageHas(string path)
    {
        string[] shown = Page.Read(path).Lines;
        var lines = new List<string>();
        for (int i = 0; i < shown.Length; i++)
        {
            lines.Add(shown[i]);
            if (Begin().Match(shown[i]) is { Success: true } begin)
            {
                int end = Array.IndexOf(shown, End, i);
                Assert.True(end > 0, $"{path}({i + 1}): the table has no {End}");
                lines.AddRange(await PageTables.OfAsync(begin.Groups["name"].Value));
                i = end - 1;
            }
        }

        WrittenPage.Keep(path, lines);
    }

    [Fact]
    public void TheReferenceHasEveryAttribute()
    {
        IEnumerable<string> attributes = from type in ((Type[])[typeof(EvictionPolicyAttribute), typeof(GpuScorer)]).SelectMany(any => any.Assembly.GetExportedTypes())
                                         where type.IsSubclassOf(typeof(Attribute))
                                         select AttributeTable.NameOf(type);
        Assert.Equal(attributes.Order(), Page.Read(Language).Lines.Select(line => Begin().Match(line).Groups["name"].Value).Where(name => name.StartsWith("attribute ", StringComparison.Ordinal)).Select(name => name["attribute ".Length..]).Order());
    }

    /// <summary>What the examples leave out of C#, nobody has looked at.</summary>
    [Fact]
    public void EveryKindOfStatementExpressionAndPatternIsTried()
    {
        IEnumerable<SyntaxKind> kinds = from field in typeof(SyntaxKind).GetFields(BindingFlags.Public | BindingFlags.Static)
                                        where Regex.IsMatch(field.Name, "(Statement|Expression|Pattern)$") && field.GetCustomAttribute<ExperimentalAttribute>() is null
                                        select (SyntaxKind)field.GetValue(null)!;
        SyntaxKind[] untried = [.. kinds.Except(Constructs.Tried()).Except(Constructs.Elsewhere)];
        Assert.True(untried.Length == 0, $"no example of {nameof(Constructs)} has {string.Join(", ", untried)}");
    }

    /// <summary>Every method of .NET that the table of functions names can be called.</summary>
    [Fact]
    public async Task EveryFunctionIsUnderstood()
    {
        string[] calls = [.. FunctionsTable.Calls()];
        Assert.NotEmpty(calls);
        Assert.All(await Formulas.FaultsAsync(calls), fault => Assert.Null(fault));
    }

    [GeneratedRegex("^<!-- table: (?<name>.+) -->$")]
    private static partial Regex Begin();
}
