using Squelch.CodeFixes;
using Squelch.CodeFixes.Fixes;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>Fixes of formulas that leave the language.</summary>
public class LanguageFixTests
{
    [Theory]
    [InlineData("Math.Cbrt(hits)", "Math.Pow(hits, 1.0 / 3)")]
    [InlineData("Math.Cbrt(hits - 4)", "(hits - 4) < 0 ? -Math.Pow(-(hits - 4), 1.0 / 3) : Math.Pow(hits - 4, 1.0 / 3)")]
    [InlineData("double.Cbrt(hits)", "Math.Pow(hits, 1.0 / 3)")]
    [InlineData("MathF.Cbrt((float)hits)", "(float)hits < 0 ? -MathF.Pow(-(float)hits, 1f / 3) : MathF.Pow((float)hits, 1f / 3)")]
    [InlineData("Math.Log(hits, 2)", "Math.Log2(hits)")]
    [InlineData("Math.Log(hits, 10.0)", "Math.Log10(hits)")]
    [InlineData("Math.Log(hits, 3)", "Math.Log(hits) / Math.Log(3)")]
    [InlineData("1 / Math.Log(hits + 2, hits + 1)", "1 / (Math.Log(hits + 2) / Math.Log(hits + 1))")]
    [InlineData("double.Exp10(hits)", "Math.Pow(10, hits)")]
    [InlineData("double.IsFinite(hits) ? 1 : 0", "Math.Abs(hits) <= double.MaxValue ? 1 : 0")]
    [InlineData("double.IsInfinity(hits) ? 1 : 0", "Math.Abs(hits) > double.MaxValue ? 1 : 0")]
    [InlineData("double.IsPositiveInfinity(hits) ? 1 : 0", "hits > double.MaxValue ? 1 : 0")]
    [InlineData("float.IsNegativeInfinity((float)hits) ? 1 : 0", "(float)hits < -float.MaxValue ? 1 : 0")]
    [InlineData("double.IsInteger(hits / 2) ? 1 : 0", "(hits / 2) % 1 == 0 ? 1 : 0")]
    [InlineData("Math.Truncate(hits)", "hits < 0 ? Math.Ceiling(hits) : Math.Floor(hits)")]
    [InlineData("int.Max((int)hits, 3)", "Math.Max((int)hits, 3)")]
    [InlineData("long.Clamp((long)hits, 3, 9)", "Math.Clamp((long)hits, 3, 9)")]
    [InlineData("1 / Convert.ToDouble((long)hits)", "1 / (double)(long)hits")]
    public async Task ACallIsWrittenWithWhatTheLanguageHas(string before, string after)
    {
        var fix = new EquivalentCallFix();
        string actual = await Fixed.One(fix, Formula(before));
        Assert.Equal(Formula(after), actual);
        Assert.Empty(Compiled.Build(actual));
        Assert.DoesNotContain("SQ3001", await Compiled.DiagnoseIds(actual));
        Assert.All([1.0, 2.0, 3.0, 5.0, 17.0, 1e9], hits => Close(Run(Formula(before), hits), Run(actual, hits)));
    }

    [Fact]
    public Task AllCallsAreWrittenAnew() => CheckAll(
        new EquivalentCallFix(),
        Compiled.Policy("[Term] static double T(double hits) => Math.Cbrt(hits); // root\n[Term] static double U(double tokens) => /* base */ Math.Log(tokens, 2);"),
        Compiled.Policy("[Term] static double T(double hits) => Math.Pow(hits, 1.0 / 3); // root\n[Term] static double U(double tokens) => /* base */ Math.Log2(tokens);"));

    [Fact]
    public async Task CallsWithinCallsAreWrittenAnewTogether()
    {
        const string Before = "[Score] static double S(double hits) => [|Math.Log([|Math.Cbrt(hits)|], 2)|];";
        string actual = await Fixed.All(new EquivalentCallFix(), Compiled.Policy(Before), new Fault("SQ3001"));
        await Fixed.Is(Compiled.Policy("[Score] static double S(double hits) => Math.Log2(Math.Pow(hits, 1.0 / 3));"), actual, new EquivalentCallFix());
    }

    [Fact]
    public async Task WithoutAUsingTheNameIsWrittenInFull()
    {
        string actual = await Fixed.One(new EquivalentCallFix(), "using Squelch; [EvictionPolicy] readonly partial struct P { [Score] static double S(double hits) => double.Cbrt(hits); }");
        await Fixed.Is("using Squelch; [EvictionPolicy] readonly partial struct P { [Score] static double S(double hits) => System.Math.Pow(hits, 1.0 / 3); }", actual, new EquivalentCallFix());
    }

    [Theory]
    [InlineData("Math.Sin(hits)")]
    [InlineData("Math.Log(hits, 1)")]
    [InlineData("Math.Round(hits)")]
    [InlineData("Convert.ToDouble(true)")]
    public async Task WithoutAnEquivalentNothingIsOffered(string formula) => Assert.Empty(await Fixed.Titles(new EquivalentCallFix(), Formula(formula)));

    [Theory]
    [InlineData("Random.Shared.NextDouble()", "draw", "draw")]
    [InlineData("DateTime.Now.Ticks", "now", "now")]
    [InlineData("DateTime.UtcNow.Ticks - hits", "now", "now - hits")]
    [InlineData("DateTimeOffset.UtcNow.Ticks", "now", "now")]
    [InlineData("hits / Environment.TickCount64", "now", "hits / now")]
    [InlineData("System.Diagnostics.Stopwatch.GetTimestamp()", "now", "now")]
    public Task WhatIsImpureBecomesAParameter(string before, string parameter, string after) => Check(
        new ReadInputFix(),
        Formula(before),
        Compiled.Policy("[Score] static double S(double hits, double " + parameter + ") => " + after + ";"));

    [Fact]
    public Task ATunableReadAsAPropertyBecomesAParameter() => Check(
        new ReadInputFix(),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[Score] static double S(double hits) => hits * Alpha;"),
        Compiled.Policy("[Tunable(0, 1)] public double Alpha { get; init; }\n[Score] static double S(double hits, double alpha) => hits * alpha;"));

    [Fact]
    public Task AllReadsOfInputsBecomeParameters() => CheckAll(
        new ReadInputFix(),
        """
        using System;
        using Squelch;
        [EvictionPolicy(Precision = Precision.Single)]
        readonly partial struct P
        {
            [Tunable(0, 1)] public double Alpha { get; init; }

            [Term]
            static float T(
                float lastAccess) // ticks
                => lastAccess * Alpha + Alpha;

            [Term] static float U() => (float)Random.Shared.NextDouble();
        }
        """,
        """
        using System;
        using Squelch;
        [EvictionPolicy(Precision = Precision.Single)]
        readonly partial struct P
        {
            [Tunable(0, 1)] public double Alpha { get; init; }

            [Term]
            static float T(
                float lastAccess, float alpha) // ticks
                => lastAccess * alpha + alpha;

            [Term] static float U(float draw) => (float)draw;
        }
        """);

    [Theory]
    [InlineData("[Score] static double S(double hits) => Other(); static double Other() => DateTime.Now.Ticks;")]
    [InlineData("[Score] static double S(double hits) { double now = hits; return now + DateTime.Now.Ticks; }")]
    [InlineData("[Score] static double S(double hits) => DateTime.Now.Hour;")]
    [InlineData("[PolicyState] double Age { get; init; } [Score] static double S(double hits, double age) => age; [OnEvict(nameof(Age))] static double R() => Random.Shared.NextDouble();")]
    public async Task AReadThatNoParameterCanStandForIsLeftToItsAuthor(string body) => Assert.Empty(await Fixed.Titles(new ReadInputFix(), Compiled.Policy(body)));

    [Fact]
    public Task AStaticNumberBecomesAPolicyState() => Check(
        new PolicyStateFix(),
        Compiled.Policy("    // How old all are.\n    private static double s_age;\n\n    [Score] static double S(double hits) => hits + s_age;"),
        Compiled.Policy("    // How old all are.\n    [PolicyState] private double Age { get; init; }\n\n    [Score] static double S(double hits, double age) => hits + age;"));

    [Fact]
    public Task AllFormulasThatReadAStaticNumberTakeTheState() => CheckAll(
        new PolicyStateFix(),
        Compiled.Policy("    static double Age = 0;\n    static double _floor;\n    [Term] static double T(double hits) => hits + Age;\n    [Term] static double U(double tokens) => tokens * P.Age;\n    [Term] static double V(double tokens) => tokens + _floor;"),
        Compiled.Policy("    [PolicyState] double Age { get; init; }\n    [PolicyState] double Floor { get; init; }\n    [Term] static double T(double hits, double age) => hits + age;\n    [Term] static double U(double tokens, double age) => tokens * age;\n    [Term] static double V(double tokens, double floor) => tokens + floor;"));

    [Theory]
    [InlineData("static double s_age = 3; [Score] static double S(double hits) => hits + s_age;")]
    [InlineData("static double s_tokens; [Score] static double S(double hits) => hits + s_tokens;")]
    [InlineData("static double s_age; static void Grow() => s_age++; [Score] static double S(double hits) => hits + s_age;")]
    [InlineData("static readonly double s_age; [Score] static double S(double hits) => hits + s_age;")]
    public async Task AStaticNumberThatIsMoreThanStateIsLeftToItsAuthor(string body) => Assert.Empty(await Fixed.Titles(new PolicyStateFix(), Compiled.Policy(body)));

    [Theory]
    [InlineData("[Score] static double S(double hits) { s_age = hits; return [|s_age|]; }")]
    [InlineData("[Score] static double S(double hits) => hits + ++[|s_age|];")]
    public async Task AFormulaThatWritesAStaticNumberIsLeftToItsAuthor(string body)
        => Assert.Empty(await Fixed.Titles(new PolicyStateFix(), Compiled.Policy("static double s_age; " + body), new Fault("SQ3003")));

    private static string Formula(string expression) => Compiled.Policy("[Score] static double S(double hits) => " + expression + ";");

    private static double Run(string source, double hits)
    {
        using var image = new MemoryStream();
        Assert.True(Compiled.Compilation(source).Emit(image).Success);
        return (double)System.Reflection.Assembly.Load(image.ToArray()).GetType("N.P")!.GetMethod("S", System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!.Invoke(null, [hits])!;
    }

    private static void Close(double expected, double actual)
        => Assert.True(expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-6 * Math.Abs(expected), $"{expected} became {actual}");

    private static async Task Check(PolicyFix fix, string before, string after, params Fault[] faults) => await Fixed.Is(after, await Fixed.One(fix, before, faults), fix);

    private static async Task CheckAll(PolicyFix fix, string before, string after, params Fault[] faults) => await Fixed.Is(after, await Fixed.All(fix, before, faults), fix);
}
