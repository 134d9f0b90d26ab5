namespace Squelch.Analyzers.Tests;

/// <summary>Each rule fires on its case; a right policy is silent.</summary>
public class ErrorTests
{
    private const string Score = "[Score] static double S(double lastAccess) => lastAccess;";

    [Theory]
    [InlineData(Score)]
    [InlineData("[Score] static double S(double now, double inserted) { var age = now - inserted; if (age > 3) return 1; return Other(age); } static double Other(double x) => Math.Max(x, 1);")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(long hits) => hits; [Term(Weight = 0.5)] static float U(long children) => children; [Term] static double V(double priority) => priority;")]
    public async Task ARightPolicyIsSilent(string body) => Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy(body)));

    [Theory]
    [InlineData("SQ1003", "")]
    [InlineData("SQ1004", Score + "[Term] static double T(double hits) => hits;")]
    [InlineData("SQ1005", "[Score] static double S(double lastAcess) => lastAcess;")]
    [InlineData("SQ1006", "[Tunable(0, 1)] public double Alpha { get; init; } [Term(Weight = \"Alfa\")] static double T(double hits) => hits;")]
    [InlineData("SQ1007", "[Tunable(1, 1)] public double A { get; init; }" + Score)]
    [InlineData("SQ1007", "[Tunable(0, 1, Step = 3)] public double A { get; init; }" + Score)]
    [InlineData("SQ1007", "[Tunable(0, double.PositiveInfinity)] public double A { get; init; }" + Score)]
    [InlineData("SQ1008", "[Score] double S(double hits) => hits;")]
    [InlineData("SQ1008", "[Score] static double S<T>(double hits) => hits;")]
    [InlineData("SQ1008", "[Score] static string S(double hits) => \"\";")]
    [InlineData("SQ1008", "[Score] static double S(decimal hits) => 1;")]
    [InlineData("SQ1011", "[Score] static double S(double hits) => hits; [Score(Order = 2)] static double T(double hits) => hits;")]
    [InlineData("SQ1011", "[Score] static double S(double hits) => hits; [Score] static double T(double hits) => hits;")]
    [InlineData("SQ1012", Score + "[PolicyState] double Age { get; init; } [OnEvict(\"Agee\")] static double R(double victimScore) => victimScore;")]
    [InlineData("SQ3001", "[Score] static double S(double hits) => Math.Sin(hits);")]
    [InlineData("SQ3001", "[Score] static double S(double hits) => Random.Shared.NextDouble();")]
    [InlineData("SQ3002", "[Score] static double S(double hits) { for (;;) { } }")]
    [InlineData("SQ3002", "[Score] static double S(double hits) { hits = 2; return hits; }")]
    [InlineData("SQ3002", "[Score] static double S(double hits) => S(hits);")]
    [InlineData("SQ3003", "static double s_x; [Score] static double S(double hits) => s_x;")]
    [InlineData("SQ3003", "[Score] static double S(double hits) => DateTime.Now.Ticks;")]
    [InlineData("SQ3004", "[Score] static double S(double hits) => new double[1].Length;")]
    public async Task AWrongPolicyIsReported(string rule, string body)
    {
        string[] found = await Compiled.DiagnoseIds(Compiled.Policy(body));
        Assert.Equal([rule], found);
    }

    [Fact]
    public async Task AnUnpartialPolicyIsReported() => Assert.Equal(["SQ1001"], await Compiled.DiagnoseIds(Compiled.Policy(Score, "public readonly struct")));

    [Fact]
    public async Task AWritablePolicyIsReported() => Assert.Equal(["SQ1002"], await Compiled.DiagnoseIds(Compiled.Policy(Score, "public partial struct")));

    [Fact]
    public void AnInvalidPolicyLeavesTheRestCompiling()
    {
        string source = Compiled.Policy("[Score] static double S(double lastAcess) => 1;") + "class User { Squelch.PrefixCache<N.P> Cache = null!; }";
        Assert.DoesNotContain(Compiled.Build(source), diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
    }
}
