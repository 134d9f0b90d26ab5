using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Squelch.Analyzers.Tests.Fixes;
using Squelch.CodeFixes;
using Squelch.Tests;

namespace Squelch.Analyzers.Tests;

/// <summary>Holds together what is said of a rule: its descriptor, its page, the table of pages, its help link, its release row and its fix.</summary>
public class RulePageTests
{
    private static readonly string[] s_headings = ["Cause", "Why it matters", "Wrong", "Right", "When to suppress"];

    private static readonly DiagnosticDescriptor[] s_rules = [.. new PolicyAnalyzer().SupportedDiagnostics.OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static readonly CodeFixProvider[] s_fixes =
    [
        .. typeof(PolicyFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CodeFixProvider)) && !type.IsAbstract)
            .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!),
    ];

    public static TheoryData<string> Ids => [.. s_rules.Select(rule => rule.Id)];

    public static TheoryData<string> FixableIds => [.. s_rules.Select(rule => rule.Id).Where(id => FixesOf(id).Any())];

    [Fact]
    public void EveryRuleHasAPageAndEveryPageARule() => Assert.Equal(s_rules.Select(rule => rule.Id), RulePage.Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public void APageSaysWhatTheDescriptorSays(string id)
    {
        DiagnosticDescriptor rule = s_rules.Single(rule => rule.Id == id);
        RulePage page = RulePage.Read(id);
        Assert.Equal(
            (rule.Id, rule.Title.ToString(CultureInfo.InvariantCulture), rule.Category, rule.DefaultSeverity.ToString()),
            (page.Id, page.Title, page.Category, page.Severity));
        Assert.Equal(s_headings, page.Headings);
        Assert.Equal(FixesOf(id).Any(), page.Fix != "none");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void TheHelpLinkLeadsToThePage(string id)
    {
        const string Folder = "/docs/rules/";
        string link = s_rules.Single(rule => rule.Id == id).HelpLinkUri;
        Assert.EndsWith(Folder + id + ".md", link, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(SharedData.Repository, link[(link.LastIndexOf(Folder, StringComparison.Ordinal) + 1)..])));
    }

    [Fact]
    public void EveryRuleHasAReleaseRowAndEveryRowARule()
    {
        IEnumerable<string> rows = Directory.GetFiles(Path.Combine(SharedData.Repository, "Generators"), "AnalyzerReleases.*.md").SelectMany(path => Rows(path, "SQ"));
        Assert.Equal(
            s_rules.Select(rule => $"{rule.Id} | {rule.Category} | {rule.DefaultSeverity}"),
            rows.Select(row => row[..row.LastIndexOf(" | ", StringComparison.Ordinal)]).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheWrongPolicyIsReportedWithTheMessageOfThePage(string id)
    {
        RulePage page = RulePage.Read(id);
        Diagnostic[] found = await Compiled.Diagnose(page.Wrong);
        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
        RulePage.KeepMessages(id, found.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)));
        Assert.DoesNotContain(Compiled.Build(page.Wrong), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>A policy is left without a selector where its page says so, and only there.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void UsingTheWrongPolicyFailsWhereThePageSaysSo(string id)
    {
        RulePage page = RulePage.Read(id);
        CSharpCompilation wrong = Compiled.Compilation(page.Wrong);
        string policy = wrong.SyntaxTrees[0].GetRoot().DescendantNodes().OfType<StructDeclarationSyntax>().Single().Identifier.Text;
        Compilation built = Compiled.Generate(wrong.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"class User {{ Squelch.PrefixCache<Pages.{policy}> Cache = null!; }}", Compiled.Options)));
        bool compiles = built.GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error);
        bool throws = built.SyntaxTrees.Any(tree => tree.FilePath.EndsWith(".Invalid.g.cs", StringComparison.Ordinal));
        Assert.Equal(
            (!page.Suppress.Contains("does not compile", StringComparison.Ordinal), page.Suppress.Contains("using it throws", StringComparison.Ordinal)),
            (compiles, throws));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task TheRightPolicyIsSilentAndCompiles(string id)
    {
        string right = RulePage.Read(id).Right;
        Assert.Empty(await Compiled.Diagnose(right));
        Assert.Empty(Compiled.Build(right));
    }

    [Theory]
    [MemberData(nameof(FixableIds))]
    public async Task TheFixMendsTheWrongPolicy(string id)
    {
        string wrong = RulePage.Read(id).Wrong;
        int offered = 0;
        foreach (CodeFixProvider fix in FixesOf(id))
        {
            if ((await Fixed.Titles(fix, wrong)).Length > 0)
            {
                offered++;
                string mended = await Fixed.One(fix, wrong);
                if ((await Compiled.DiagnoseIds(mended)).Contains(id))
                {
                    // Of two faults in one formula the inner one is reported first.
                    mended = await Fixed.One(fix, mended);
                }

                Assert.Empty(await Compiled.Diagnose(mended));
                Assert.Empty(Compiled.Build(mended));
            }
        }

        Assert.NotEqual(0, offered);
    }

    [Fact]
    public async Task APragmaSuppressesARule()
        => Assert.Empty(await Compiled.Diagnose("#pragma warning disable SQ2006\n" + RulePage.Read("SQ2006").Wrong));

    private static IEnumerable<CodeFixProvider> FixesOf(string id) => s_fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id));

    private static IEnumerable<string> Rows(string path, string start) => File.ReadLines(path).Where(line => line.StartsWith(start, StringComparison.Ordinal));
}
