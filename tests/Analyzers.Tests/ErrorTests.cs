using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Squelch.Analyzers.Tests;

/// <summary>Each rule fires on its case; a right policy is silent.</summary>
public class ErrorTests
{
    private const string Score = "[Score] static double S(double lastAccess) => lastAccess;";

    [Theory]
    [InlineData(Score)]
    [InlineData("[Score] static double S(double now, double inserted) { var age = now - inserted; if (age > 3) return 1; return Other(age); } static double Other(double x) => Math.Max(x, 1);")]
    [InlineData("[Tunable(0, 1)] public double A { get; init; } [Term(Weight = nameof(A))] static double T(long hits) => hits; [Term(Weight = 0.5)] static float U(long hits) => hits * hits; [Term] static double V(double priority) => priority;")]
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
    [InlineData("SQ1008", "[Score] static double S(bool hits) => hits ? 1 : 2;")]
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

    [Theory]
    [InlineData("SQ1006", "[Tunable(0, 1)] public double Alpha { get; init; } [Term(Weight = nameof(Beta))] static double T(double hits) => hits; const double Beta = 2;", "'Beta' names no tunable; it is a field of type double; declare it first")]
    [InlineData("SQ1006", "[Tunable(0, 1)] public double Alpha { get; init; } [Term(Weight = \"Alfa\")] static double T(double hits) => hits;", "'Alfa' names no tunable; did you mean 'Alpha'?")]
    [InlineData("SQ1006", "public string Label => \"\"; [Term(Weight = nameof(Label))] static double T(double hits) => hits;", "'Label' names no tunable; it is a property of type string; declare it first")]
    [InlineData("SQ1006", "[Term(Weight = true)] static double T(double hits) => hits;", "'True' names no tunable; give a number, or nameof a tunable")]
    [InlineData("SQ1007", "[Tunable(0, 1, Step = 0)] public double A { get; init; }" + Score, "The range of 'A' does not fit its step: give one above 0 and no larger than the range, or none")]
    [InlineData("SQ1007", "[Tunable(0, 1, Step = double.NaN)] public double A { get; init; }" + Score, "The range of 'A' does not fit its step: give one above 0 and no larger than the range, or none")]
    [InlineData("SQ1007", "[Tunable(0, 1, Default = 2)] public double A { get; init; }" + Score, "The range of 'A' does not hold its default: give one within it")]
    [InlineData("SQ1007", "[Tunable(double.NaN, 1)] public double A { get; init; }" + Score, "The range of 'A' is empty: give a least value below the greatest")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public string A { get; init; }" + Score, "'A' cannot be part of a policy: a tunable is an instance property of type double")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public double A { get; }" + Score, "'A' cannot be part of a policy: a tunable has an init accessor, through which it is set")]
    [InlineData("SQ1008", "[PolicyState] int A { get; init; }" + Score, "'A' cannot be part of a policy: a policy state is an instance property of type double")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public double Hits { get; init; }" + Score, "'Hits' cannot be part of a policy: formulas read it as 'hits', a name that is taken")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public double Alpha { get; init; } [PolicyState] double alpha { get; init; }" + Score, "'alpha' cannot be part of a policy: formulas read it as 'alpha', a name that is taken")]
    [InlineData("SQ1008", "[Feature][OnInsert] static double Tokens(double hits) => hits;" + Score, "'Tokens' cannot be part of a policy: formulas read it as 'tokens', a name that is taken")]
    [InlineData("SQ1008", "[Feature][OnInsert] static double F(double hits) => hits; [Feature][OnInsert] static double F(double hits, double tokens) => hits; [Score] static double S(double f) => f;", "'F' cannot be part of a policy: another method of this name gives the feature at the same event")]
    [InlineData("SQ1008", "[Feature][OnInsert] static double F() => 1; [OnHit] static double F(double f) => f + 1; [Score] static double S(double f) => f;", "'F' cannot be part of a policy: [OnInsert] and [OnHit] say when a [Feature] is computed, which it is not; to write a policy state, name it, as in [OnHit(nameof(MeanGap))]")]
    [InlineData("SQ1008", "[PolicyState] double A { get; init; } [OnEvict(nameof(A))] static double R(double victimScore) => victimScore; [OnEvict(nameof(A))] static double Q(double victimScore) => victimScore; [Score] static double S(double hits, double a) => hits + a;", "'Q' cannot be part of a policy: another method gives 'A' its new value already")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public required double A { get; init; }" + Score, "'A' cannot be part of a policy: a tunable must not be required: policies are made without it")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public double this[int a] { get => a; init { } }" + Score, "'this[]' cannot be part of a policy: a tunable is an instance property of type double")]
    [InlineData("SQ1008", "[Tunable(0, 1)] public double A { init { } }" + Score, "'A' cannot be part of a policy: a tunable is an instance property of type double")]
    [InlineData("SQ1008", "[Term] static double T(double hits) => hits; [Term] static double T(double hits, double priority) => hits;", "'T' cannot be part of a policy: another term or score has its name")]
    [InlineData("SQ1008", "public static double Descriptor => 1;" + Score, "'Descriptor' cannot be part of a policy: the policy compiler adds a member of this name")]
    [InlineData("SQ1006", "[Term(Weight = DayOfWeek.Monday)] static double T(double hits) => hits;", "'1' names no tunable; give a number, or nameof a tunable")]
    [InlineData("SQ3002", "[Score] static double S(double hits) => F(ref hits); static double F(ref double x) => x;", "The policy language lacks a 'ref' or 'out' argument; write locals, 'if' with returns, and one expression")]
    [InlineData("SQ1008", "[PolicyState] double A { get; init; } [OnHit(nameof(A))] static double R(double now) => now; [OnInsert(nameof(A)), OnHit(nameof(A))] static double Q(double now) => now; [Score] static double S(double hits, double a) => hits + a;", "'Q' cannot be part of a policy: another method gives 'A' its new value already")]
    [InlineData("SQ1008", "[PolicyState] double A { get; init; } [Feature, OnHit(nameof(A))] static double R(double now) => now; [Score] static double S(double r, double a) => r + a;", "'R' cannot be part of a policy: it gives a [Feature] its value, so its events name no policy state: give the state a method of its own")]
    [InlineData("SQ1012", "[PolicyState] double Gap { get; init; } [OnHit(\"Gapp\")] static double R(double now) => now; [Score] static double S(double hits, double gap) => hits + gap;", "'Gapp' is no policy state; did you mean 'Gap'?")]
    [InlineData("SQ1012", "[Tunable(0, 1)] public double Gap { get; init; } [OnInsert(nameof(Gap))] static double R(double now) => now; [Score] static double S(double hits, double gap) => hits + gap;", "'Gap' is no policy state; it is a property of type double; declare it first")]
    [InlineData("SQ1005", "[PolicyState] double A { get; init; } [OnHit(nameof(A))] static double R(double victimScore) => victimScore; [Score] static double S(double hits, double a) => hits + a;", "'victimScore' is no feature, tunable or policy state; its page and `squelch features` list the features")]
    [InlineData("SQ1012", Score + "[OnEvict(null!)] static double R(double victimScore) => victimScore;", "'' is no policy state; declare it first")]
    public async Task TheMessageSaysWhatToDo(string rule, string body, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(rule, found.Id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("SQ1005", "[Score] static double S(double lastAcess) => lastAcess;", "lastAccess")]
    [InlineData("SQ1006", "[Tunable(0, 1)] public double Alpha { get; init; } [Term(Weight = \"Alfa\")] static double T(double hits) => hits;", "Alpha")]
    [InlineData("SQ1012", Score + "[PolicyState] double Age { get; init; } [OnEvict(\"Agee\")] static double R(double victimScore) => victimScore;", "Age")]
    public async Task TheNearestNameTravelsToTheFix(string rule, string body, string name)
        => Assert.Equal(name, Assert.Single(await Compiled.Diagnose(Compiled.Policy(body)), diagnostic => diagnostic.Id == rule).Properties["name"]);

    [Theory]
    [InlineData("public readonly partial record struct", "'P' must be a readonly struct, not a record: a policy is a value without state of its own")]
    [InlineData("public readonly ref partial struct", "'P' must be a readonly struct, not a ref struct: a policy is a value without state of its own")]
    [InlineData("file readonly partial struct", "'P' must be a readonly struct that other files can see: a policy is a value without state of its own")]
    public async Task OnlyAReadonlyStructIsAPolicy(string modifiers, string message)
    {
        Diagnostic found = Assert.Single(await Compiled.Diagnose(Compiled.Policy(Score, modifiers)));
        Assert.Equal("SQ1002", found.Id);
        Assert.Equal(message, found.GetMessage(CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("string")]
    [InlineData("IVictimSelector")]
    [InlineData("Abstract")]
    [InlineData("Bare")]
    public async Task ASelectorThatCannotBeMadeIsReported(string selector)
    {
        string source = Compiled.Policy("", attribute: $"[EvictionPolicy(Selector = typeof({selector}))]") + "abstract class Abstract(NodeTable n, ulong s) : IVictimSelector;\nclass Bare : Abstract { }";
        Diagnostic found = Assert.Single(await Compiled.Diagnose(source));
        Assert.Equal("SQ1008", found.Id);
        Assert.Contains("must be a class that implements IVictimSelector, with a constructor (NodeTable nodes, ulong seed)", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task APolicyInAFileLocalTypeIsReported()
        => Assert.Equal(["SQ1002"], await Compiled.DiagnoseIds("using Squelch; file partial class O { [EvictionPolicy] public readonly partial struct P { [Score] static double S(double hits) => hits; } }"));

    /// <summary>A build analyses the policy with what was generated for it.</summary>
    [Fact]
    public async Task ABuildFindsWhatAnEditorDoes()
    {
        string source = Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; } [Score] static double S(double now, double hits) => hits / (hits - 3);");
        var built = await Compiled.Generate(Compiled.Compilation(source)).WithAnalyzers([new PolicyAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        Assert.Equal(await Compiled.DiagnoseIds(source), built.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => diagnostic.Id));
        Assert.Equal(["SQ1010", "SQ2001"], built.Select(diagnostic => diagnostic.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task AGenericPolicyIsReported()
    {
        string source = Compiled.Policy(Score).Replace("struct P", "struct P<T>", StringComparison.Ordinal);
        Assert.Equal(["SQ1002"], await Compiled.DiagnoseIds(source));
        Assert.DoesNotContain(Compiled.Build(source + "class User { Squelch.PrefixCache<N.P<int>> Cache = null!; }"), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    /// <summary>The compiler has nothing to add to our message, whatever the fault.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(Score + "[Term] static double T(double hits) => hits;")]
    [InlineData("[Score] static double S(double lastAcess) => 1;")]
    [InlineData("[Term(Weight = \"Alfa\")] static double T(double hits) => hits;")]
    [InlineData("[Tunable(1, 1)] public double A { get; init; }" + Score)]
    [InlineData("[Tunable(0, 1)] public string A { get; init; }" + Score)]
    [InlineData("[Tunable(0, 1)] public double A { get; }" + Score)]
    [InlineData("[Tunable(0, 1)] public double Alpha { get; init; } [PolicyState] double alpha { get; init; }" + Score)]
    [InlineData("class CompiledSelector;" + Score)]
    [InlineData("[Score] double S(double hits) => hits;")]
    [InlineData("[Score] static T S<T>(T hits) => hits;")]
    [InlineData("[Score] static double S(double hits) => hits; [Score(Order = 2)] static double T(double hits) => hits;")]
    [InlineData(Score + "[OnEvict(\"Agee\")] static double R(double victimScore) => victimScore;")]
    [InlineData("[Score] static double S(double hits) => Math.Sin(hits);")]
    [InlineData("[Score] static double S(double hits) { for (;;) { } }")]
    [InlineData("static double s_x; [Score] static double S(double hits) => s_x + hits;")]
    [InlineData("[Score] static double S(double hits) => new double[1].Length;")]
    [InlineData("[Score] static double S(double hits) => hits;", "public partial struct")]
    [InlineData("[Score] static double S(double hits) => hits;", "public readonly partial record struct")]
    public async Task AnInvalidPolicyLeavesTheRestCompiling(string body, string modifiers = "public readonly partial struct")
    {
        string source = Compiled.Policy(body, modifiers) + "class User { Squelch.PrefixCache<N.P> Cache = null!; }";
        Assert.Contains(await Compiled.Diagnose(source), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.DoesNotContain(Compiled.Build(source), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
