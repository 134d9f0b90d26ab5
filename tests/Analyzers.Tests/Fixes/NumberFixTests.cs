using Squelch.CodeFixes;
using Squelch.CodeFixes.Fixes;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>Fixes of numbers, units and precision.</summary>
public class NumberFixTests
{
    private static readonly Fault s_division = new("SQ2001", ("guard", "1"));

    [Theory]
    [InlineData("[|1 / (now - lastAccess)|]", "1 / Math.Max(now - lastAccess, 1)")]
    [InlineData("[|now / lastAccess /* ticks */|]", "now / Math.Max(lastAccess, 1) /* ticks */")]
    [InlineData("[|now % lastAccess|]", "now % Math.Max(lastAccess, 1)")]
    public Task ADivisorIsKeptAboveZero(string before, string after) => Check(new GuardDivisionFix(), Formula(before), Formula(after), s_division);

    [Fact]
    public Task AllDivisorsAreKeptAboveZeroTheInnerOnesToo() => CheckAll(
        new GuardDivisionFix(),
        Formula("[|now / ([|lastAccess / inserted|])|]"),
        Formula("now / Math.Max(lastAccess / Math.Max(inserted, 1), 1)"),
        s_division);

    [Fact]
    public async Task ADivisorThatMayBeNegativeIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(new GuardDivisionFix(), Formula("[|1 / (now - inserted - 5)|]"), new Fault("SQ2001")));

    [Fact]
    public Task AnArgumentIsKeptAboveItsLeast() => Check(
        new ClampFix(), Formula("[|Math.Log(now - lastAccess)|]"), Formula("Math.Log(Math.Max(now - lastAccess, double.Epsilon))"), new Fault("SQ2002", ("argument", "0"), ("least", "double.Epsilon")));

    [Fact]
    public Task AnArgumentIsKeptBelowItsMost() => Check(
        new ClampFix(), Formula("[|Math.Pow(y: now, x: 2)|]"), Formula("Math.Pow(y: Math.Min(now, 1000), x: 2)"), new Fault("SQ2002", ("argument", "1"), ("most", "1000")));

    [Fact]
    public Task AnArgumentIsKeptBetweenItsLimits() => Check(
        new ClampFix(), Formula("[|Math.Exp((now))|]"), Formula("Math.Exp(Math.Clamp(now, -700, 700))"), new Fault("SQ2002", ("argument", "0"), ("least", "-700"), ("most", "700")));

    [Theory]
    [InlineData("[|now * now|] - 1", "Math.Clamp(now * now, -double.MaxValue, double.MaxValue) - 1")]
    [InlineData("[|(float)now * (float)now|]", "Math.Clamp((float)now * (float)now, -float.MaxValue, float.MaxValue)")]
    public Task AResultIsKeptFinite(string before, string after) => Check(new ClampFix(), Formula(before), Formula(after), new Fault("SQ2002", ("result", "1")));

    [Fact]
    public Task AllArgumentsAndResultsAreClamped() => CheckAll(
        new ClampFix(),
        Formula("[|Math.Sqrt([|now * lastAccess|] - 1)|]"),
        Formula("Math.Sqrt(Math.Max(Math.Clamp(now * lastAccess, -double.MaxValue, double.MaxValue) - 1, 0))"),
        new("SQ2002", ("argument", "0"), ("least", "0")),
        new("SQ2002", ("result", "1")));

    [Fact]
    public async Task WhatNoLimitHelpsIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(new ClampFix(), Formula("[|now * lastAccess|]"), new Fault("SQ2002")));

    [Fact]
    public async Task ALimitThatDoesNotFitIsNotOffered() => Assert.Empty(await Fixed.Titles(
        new ClampFix(), Formula("[|MathF.Log((float)now)|]"), new Fault("SQ2002", ("argument", "0"), ("least", "double.Epsilon"))));

    [Theory]
    [InlineData("[|(long)now / (long)lastAccess|]", "(double)(long)now / (long)lastAccess")]
    [InlineData("[|tokens * 2 / 3|]", "(double)(tokens * 2) / 3")]
    [InlineData("[|tokens / 3|] * 2", "(double)tokens / 3 * 2")]
    public Task AWholeDivisionBecomesOneOfDoubles(string before, string after) => Check(new WidenFix(), Whole(before), Whole(after), new Fault("SQ2003", ("kind", "division")));

    [Fact]
    public Task ACastBecomesOneToDouble() => Check(new WidenFix(), Whole("[|(int)now|]"), Whole("(double)now"), new Fault("SQ2003", ("kind", "cast")));

    [Fact]
    public Task AParameterBecomesADouble() => Check(
        new WidenFix(),
        Compiled.Policy("[Score] static double S([|int flopsSaved|]) => flopsSaved;"),
        Compiled.Policy("[Score] static double S(double flopsSaved) => flopsSaved;"),
        new Fault("SQ2003", ("kind", "parameter")));

    [Fact]
    public Task UnderSinglePrecisionAParameterBecomesAFloat() => Check(
        new WidenFix(),
        Compiled.Policy("[Score] static float S([|int flopsSaved|]) => flopsSaved;", attribute: "[EvictionPolicy(Precision = Precision.Single)]"),
        Compiled.Policy("[Score] static float S(float flopsSaved) => flopsSaved;", attribute: "[EvictionPolicy(Precision = Precision.Single)]"),
        new Fault("SQ2003", ("kind", "parameter")));

    [Fact]
    public Task AllThatIsNarrowIsWidened() => CheckAll(
        new WidenFix(),
        Compiled.Policy("[Term] static double T([|int bytesHeld|], long hits) => bytesHeld + [|hits / 2|];\n[Term] static double U(double now) => [|(float)now|];"),
        Compiled.Policy("[Term] static double T(double bytesHeld, long hits) => bytesHeld + (double)hits / 2;\n[Term] static double U(double now) => (double)now;"),
        new("SQ2003", ("kind", "parameter")),
        new("SQ2003", ("kind", "division")),
        new("SQ2003", ("kind", "cast")));

    [Fact]
    public async Task ADivisionThatMustBeWholeIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(
        new WidenFix(), Compiled.Policy("[Score] static long S(long hits) => [|hits / 2|];"), new Fault("SQ2003", ("kind", "division"))));

    [Fact]
    public Task AConstantTermIsRemoved() => Check(
        new RemoveTermFix(),
        Compiled.Policy("    /// <summary>Of no use.</summary>\n    [Term(Normalize = Normalize.MinMax)] static double [|T|](double now) => now;\n\n    [Term] static double U(double hits) => hits;"),
        Compiled.Policy("    [Term] static double U(double hits) => hits;"),
        new Fault("SQ2005"));

    [Fact]
    public Task AllConstantTermsAreRemoved() => CheckAll(
        new RemoveTermFix(),
        Compiled.Policy("    [Term] static double U(double hits) => hits;\n\n    [Term(Normalize = Normalize.MinMax)] static double [|T|](double now) => now;\n\n    [Term(Normalize = Normalize.MinMax)] static double [|V|]() => 3;"),
        Compiled.Policy("    [Term] static double U(double hits) => hits;"),
        new Fault("SQ2005"));

    [Fact]
    public Task OfTermsThatAreAllConstantOneStays() => CheckAll(
        new RemoveTermFix(),
        Compiled.Policy("    [Term] static double [|T|](double now) => now;\n    [Term] static double [|U|]() => 2;"),
        Compiled.Policy("    [Term] static double U() => 2;"),
        new Fault("SQ2005"));

    [Theory]
    [InlineData("[Term] static double [|T|](double now) => now;")]
    [InlineData("[Term] static double [|T|](double now) => now; [Term] static double U(double now, double hits) => hits * T(now);")]
    public async Task ATermThatIsNeededIsKept(string body) => Assert.Empty(await Fixed.Titles(new RemoveTermFix(), Compiled.Policy(body), new Fault("SQ2005")));

    [Theory]
    [InlineData("SQ2008")]
    [InlineData("SQ5003")]
    public Task TermsAreNormalised(string rule) => Check(
        new NormalizeTermsFix(),
        Compiled.Policy("[Term] static double [|T|](double hits) => hits;\n[Term(Weight = 2)] static double U(double tokens) => tokens;\n[Term(Normalize = Normalize.None)] static double V(double now, double lastAccess) => now - lastAccess;\n[Term] static double W(double draw) => draw;"),
        Compiled.Policy("[Term(Normalize = Normalize.MinMax)] static double T(double hits) => hits;\n[Term(Normalize = Normalize.MinMax, Weight = 2)] static double U(double tokens) => tokens;\n[Term(Normalize = Normalize.MinMax)] static double V(double now, double lastAccess) => now - lastAccess;\n[Term] static double W(double draw) => draw;"),
        new Fault(rule, ("terms", "T,U,V")));

    [Fact]
    public Task AllTermsAreNormalisedOnce() => CheckAll(
        new NormalizeTermsFix(),
        Compiled.Policy("[Term] static double [|T|](double hits) => hits;\n[Term] static double [|U|](double tokens) => tokens;"),
        Compiled.Policy("[Term(Normalize = Normalize.MinMax)] static double T(double hits) => hits;\n[Term(Normalize = Normalize.MinMax)] static double U(double tokens) => tokens;"),
        new Fault("SQ5003", ("terms", "T,U")));

    [Fact]
    public async Task NormalisedTermsStay() => Assert.Empty(await Fixed.Titles(
        new NormalizeTermsFix(), Compiled.Policy("[Term(Normalize = Normalize.MinMax)] static double [|T|](double hits) => hits;"), new Fault("SQ2008", ("terms", "T"))));

    [Theory]
    [InlineData("[EvictionPolicy]", "[EvictionPolicy(Precision = Precision.Single)]")]
    [InlineData("[EvictionPolicy(Gpu = true)]", "[EvictionPolicy(Gpu = true, Precision = Precision.Single)]")]
    [InlineData("[EvictionPolicy(Precision = Precision.Double)]", "[EvictionPolicy(Precision = Precision.Single)]")]
    public Task APolicyIsScoredInSinglePrecision(string before, string after) => Check(
        new SinglePrecisionFix(),
        Compiled.Policy("[Score] static double S(double hits) => hits;", attribute: before).Replace("struct P", "struct [|P|]"),
        Compiled.Policy("[Score] static double S(double hits) => hits;", attribute: after),
        new Fault("SQ4002"));

    [Fact]
    public Task AllPoliciesAreScoredInSinglePrecision() => CheckAll(
        new SinglePrecisionFix(),
        "using Squelch;\n[EvictionPolicy] readonly partial struct [|P|] { [Score] static double S(double hits) => hits; }\n[EvictionPolicy] readonly partial struct [|Q|] { [Score] static double S(double hits) => hits; }\n",
        "using Squelch;\n[EvictionPolicy(Precision = Precision.Single)] readonly partial struct P { [Score] static double S(double hits) => hits; }\n[EvictionPolicy(Precision = Precision.Single)] readonly partial struct Q { [Score] static double S(double hits) => hits; }\n",
        new Fault("SQ4002"));

    [Theory]
    [InlineData("[|Math.Log(now)|]", "Math.Log(now / 1.0)", "0")]
    [InlineData("[|Math.Exp(now - lastAccess)|]", "Math.Exp((now - lastAccess) / 1.0)", "0")]
    [InlineData("[|Math.Exp(now * lastAccess)|]", "Math.Exp(now * lastAccess / 1.0)", "0")]
    [InlineData("[|MathF.Exp((float)now)|]", "MathF.Exp((float)now / 1f)", "0")]
    [InlineData("[|Math.Pow(2, -now)|]", "Math.Pow(2, (-now) / 1.0)", "1")]
    public Task AnArgumentIsDividedByItsUnit(string before, string after, string argument) => Check(new DivideByUnitFix(), Formula(before), Formula(after), new Fault("SQ5002", ("argument", argument)));

    [Fact]
    public Task AllArgumentsAreDividedByTheirUnit() => CheckAll(
        new DivideByUnitFix(), Formula("[|Math.Log(now)|] + [|Math.Sqrt([|Math.Log(lastAccess)|])|]"), Formula("Math.Log(now / 1.0) + Math.Sqrt(Math.Log(lastAccess / 1.0) / 1.0)"), new Fault("SQ5002", ("argument", "0")));

    [Theory]
    [InlineData("now == double.NaN ? 0 : 1", "double.IsNaN(now) ? 0 : 1")]
    [InlineData("double.NaN != Math.Sqrt(now) ? now : 1", "!double.IsNaN(Math.Sqrt(now)) ? now : 1")]
    [InlineData("float.NaN == (float)now ? 0 : lastAccess", "float.IsNaN((float)now) ? 0 : lastAccess")]
    public async Task NaNIsAskedFor(string before, string after)
    {
        string actual = await Fixed.One(new IsNaNFix(), Formula(before));
        await Fixed.Is(Formula(after), actual, new IsNaNFix());
    }

    [Fact]
    public Task AllComparisonsWithNaNAreMended() => CheckAll(
        new IsNaNFix(), Formula("now == double.NaN || lastAccess == double.NaN ? 0 : inserted"), Formula("double.IsNaN(now) || double.IsNaN(lastAccess) ? 0 : inserted"));

    [Fact]
    public async Task AnOrderWithNaNIsLeftToItsAuthor() => Assert.Empty(await Fixed.Titles(new IsNaNFix(), Formula("now < double.NaN ? 0 : lastAccess")));

    private static string Formula(string expression) => Compiled.Policy("[Score] static double S(double now, double lastAccess, double inserted) => " + expression + ";");

    private static string Whole(string expression) => Compiled.Policy("[Score] static double S(double now, double lastAccess, long tokens) => " + expression + ";");

    private static async Task Check(PolicyFix fix, string before, string after, params Fault[] faults)
    {
        string actual = await Fixed.One(fix, before, faults);
        Assert.Equal(after, actual);
        Assert.Empty(Compiled.Build(actual));
    }

    private static async Task CheckAll(PolicyFix fix, string before, string after, params Fault[] faults)
    {
        string actual = await Fixed.All(fix, before, faults);
        Assert.Equal(after, actual);
        Assert.Empty(Compiled.Build(actual));
    }
}
