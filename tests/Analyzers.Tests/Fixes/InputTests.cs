using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using Squelch.CodeFixes.Fixes;
using Squelch.CodeFixes.Refactorings;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>What an editor offers for the inputs of a formula.</summary>
public class InputTests
{
    private const string Inputs = "[Tunable(0, 1)] public double Alpha { get; init; }\n[PolicyState] double Age { get; init; }\n[Feature(Unit.Bytes), OnInsert] static double Credit(double bytesHeld) => bytesHeld;\n";

    [Theory]
    [InlineData("lastAccess", "Read the feature 'lastAccess' (ticks: when the node was last used)")]
    [InlineData("flopsSaved", "Read the feature 'flopsSaved' (FLOPs: prefill FLOPs that the node saves over its parent)")]
    [InlineData("draw", "Read the feature 'draw' (no unit: a fresh uniform number in [0, 1) per node and selection, from the seed, the clock and the creation number)")]
    [InlineData("credit", "Read the feature 'credit' (bytes)")]
    [InlineData("alpha", "Read the tunable 'alpha'")]
    [InlineData("age", "Read the policy state 'age'")]
    public async Task AnUnknownNameThatIsAnInputBecomesAParameter(string name, string title)
    {
        string before = Compiled.Policy(Inputs + "[Score] static double S(double hits) => hits + " + name + ";");
        Assert.Equal([title], await Fixed.Titles(new ReadNameFix(), before));
        await Is("[Score] static double S(double hits, double " + name + ") => hits + " + name + ";", await Fixed.One(new ReadNameFix(), before));
    }

    [Fact]
    public async Task AnEvictionReadsTheScoreOfItsVictim()
    {
        string before = Compiled.Policy(Inputs + "[Score] static double S(double age) => age;\n[OnEvict(nameof(Age))] static double R() => victimScore;");
        await Is("[Score] static double S(double age) => age;\n[OnEvict(nameof(Age))] static double R(double victimScore) => victimScore;", await Fixed.One(new ReadNameFix(), before));
    }

    [Fact]
    public async Task AllUnknownNamesBecomeParameters()
    {
        string before = Compiled.Policy(Inputs + "[Term] static double T() => hits + (hits - alpha);\n[Term] static double U(double now) => now - lastAccess;");
        await Is("[Term] static double T(double hits, double alpha) => hits + (hits - alpha);\n[Term] static double U(double now, double lastAccess) => now - lastAccess;", await Fixed.All(new ReadNameFix(), before));
    }

    [Theory]
    [InlineData("[Score] static double S(double hits) => hits + weather;")]
    [InlineData("[Score] static double S(double hits) => Other(hits); static double Other(double x) => x + tokens;")]
    [InlineData("[Score] static double S(double hits) => hits + victimScore;")]
    public async Task ANameThatIsNoInputOfTheMethodIsLeftToItsAuthor(string body) => Assert.Empty(await Fixed.Titles(new ReadNameFix(), Compiled.Policy(body)));

    [Fact]
    public async Task TheInputsOfAFormulaAreDescribed()
    {
        string actual = await Described(Compiled.Policy("    [Score]\n    static double S(double lastAccess, double alpha, double credit, double bytesHeld) => alpha * credit + lastAccess;\n    " + Inputs));
        Assert.Equal(
            Compiled.Policy(
                """
                    /// <param name="lastAccess">Ticks: when the node was last used; at most now.</param>
                    /// <param name="alpha">The tunable <see cref="Alpha"/>.</param>
                    /// <param name="credit">Bytes: the feature <see cref="Credit"/>.</param>
                    /// <param name="bytesHeld">Bytes: bytes the node would free as a leaf: kvBytes + checkpointBytes.</param>
                    [Score]
                    static double S(double lastAccess, double alpha, double credit, double bytesHeld) => alpha * credit + lastAccess;

                """.TrimEnd('\n') + "\n    " + Inputs),
            actual);
        Assert.Empty(await Warnings(actual));
    }

    [Fact]
    public async Task DescriptionsJoinTheOnesThatAreThere()
    {
        string actual = await Described(Compiled.Policy("    /// <summary>Age.</summary>\n    /// <param name=\"now\">Mine.</param>\n    [Score] static double S(double now, double draw) => now + draw;"));
        Assert.Equal(
            Compiled.Policy("    /// <summary>Age.</summary>\n    /// <param name=\"now\">Mine.</param>\n    /// <param name=\"draw\">No unit: a fresh uniform number in [0, 1) per node and selection, from the seed, the clock and the creation number.</param>\n    [Score] static double S(double now, double draw) => now + draw;"),
            actual);
        Assert.Empty(await Warnings(actual));
    }

    [Theory]
    [InlineData("    /// <param name=\"now\">Mine.</param>\n    [Score] static double S(double now) => now;")]
    [InlineData("    static double S(double now) => now;")]
    [InlineData("    [Term] static double T(double hits) => hits; [Term] static double S(double now) => now;")]
    public async Task WhereThereIsNothingToDescribeNothingIsOffered(string body) => Assert.Empty(await Offered(Fixed.Document(Compiled.Policy(body))));

    private static async Task<string> Described(string source)
        => await Fixed.Text(await Assert.Single(await Offered(Fixed.Document(source))).GetChangedDocument());

    /// <summary>What is offered at the name of the method S.</summary>
    private static async Task<List<CodeAction>> Offered(Document document)
    {
        var offered = new List<CodeAction>();
        int name = (await Fixed.Text(document)).IndexOf("S(", StringComparison.Ordinal);
        await new DescribeInputsRefactoring().ComputeRefactoringsAsync(new CodeRefactoringContext(document, new TextSpan(name, 1), offered.Add, default));
        return offered;
    }

    /// <summary>Of the compiler, documentation included.</summary>
    private static async Task<Diagnostic[]> Warnings(string source)
        => [.. (await Fixed.Document(source).Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Id != "CS1591")];

    private static Task Is(string methods, string actual) => Fixed.Is(Compiled.Policy(Inputs + methods), actual, new ReadNameFix());
}
