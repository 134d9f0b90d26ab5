using System.Globalization;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Squelch.CodeFixes.Fixes;

namespace Squelch.Analyzers.Tests.Fixes;

/// <summary>What a rule of numbers reports is gone after its fix.</summary>
public class RuleAndFixTests
{
    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / (now - lastAccess);", "1 / Math.Max(now - lastAccess, 1)")]
    [InlineData("[Score] static double S(double hits, double flopsSaved) => hits / flopsSaved;", "hits / Math.Max(flopsSaved, 1)")]
    [InlineData("[Score] static double S(double tokens, double hits) => hits / Math.Log2(tokens);", "hits / Math.Max(Math.Log2(tokens), 1)")]
    [InlineData("[Score] static double S(double hits) => Inverse(hits - 1); static double Inverse(double x) => 1 / x;", "1 / Math.Max(x, 1)")]
    public Task ADivisionByZero(string body, string after) => Check(new GuardDivisionFix(), body, after);

    [Theory]
    [InlineData("[Score] static double S(double kvBytes) => Math.Log(kvBytes);", "Math.Log(Math.Max(kvBytes, 1))")]
    [InlineData("[Score] static double S(double tokens, double hits) => Math.Sqrt(tokens - hits);", "Math.Sqrt(Math.Max(tokens - hits, 0))")]
    [InlineData("[Score] static double S(double hits) => Math.Exp(hits);", "Math.Exp(Math.Min(hits, 709))")]
    [InlineData("[Score] static double S(double hits, double tokens) => Math.Pow(hits - tokens, 0.5);", "Math.Pow(Math.Max(hits - tokens, 0), 0.5)")]
    [InlineData("[Score] static double S(double draw) => -Math.Log(draw);", "-Math.Log(Math.Max(draw, double.Epsilon))")]
    [InlineData("[Score] static double S(double hits) => 3 + Math.Pow(hits, 30);", "3 + Math.Clamp(Math.Pow(hits, 30), -double.MaxValue, double.MaxValue)")]
    public Task ANumberThatIsNone(string body, string after) => Check(new ClampFix(), body, after);

    [Theory]
    [InlineData("[Score] static double S(long hits, long tokens) => tokens / hits;", "=> (double)tokens / hits")]
    [InlineData("[Score] static double S(int hits) => hits;", "S(double hits)")]
    [InlineData("[Score] static double S(double bytesHeld) => (int)bytesHeld;", "=> (double)bytesHeld")]
    [InlineData("[Score] static double S(double hits) => hits * (1 / 2) + hits;", "hits * ((double)1 / 2) + hits")]
    public Task ALossOfPrecision(string body, string after) => Check(new WidenFix(), body, after);

    [Fact]
    public Task ATermThatIsTheSameForAll() => Check(
        new RemoveTermFix(), "[Term(Normalize = Normalize.MinMax)] static double T(double now) => now; [Term(Normalize = Normalize.MinMax)] static double U(double hits) => hits;", "{\n[Term(Normalize = Normalize.MinMax)] static double U(");

    [Fact]
    public async Task DoublesOnTheDevice()
    {
        string source = Compiled.Policy("[Score] static double S(double hits, double flopsSaved, double bytesHeld) => hits * flopsSaved / bytesHeld;", attribute: "[EvictionPolicy(Gpu = true)]");
        string actual = await Fixed.One(new SinglePrecisionFix(), source);
        await Fixed.Is(source.Replace("Gpu = true", "Gpu = true, Precision = Precision.Single"), actual, new SinglePrecisionFix());
    }

    [Fact]
    public async Task ATermThatAlwaysDecides()
    {
        string source = Compiled.Policy("[Term] static double T(double hits) => hits;\n[Term(Weight = 0.5)] static double U(double draw) => draw;");
        string actual = await Fixed.One(new NormalizeTermsFix(), source);
        await Fixed.Is(source.Replace("[Term(", "[Term(Normalize = Normalize.MinMax, ").Replace("[Term]", "[Term(Normalize = Normalize.MinMax)]"), actual, new NormalizeTermsFix());
    }

    [Theory]
    [InlineData("[Score] static double S(double now, double lastAccess) => 1 / (now - lastAccess);")]
    [InlineData("[Score] static double S(double hits, double tokens) => tokens / (hits - 1);")]
    public Task WhereItDividedByZeroItGivesANumberNow(string body) => GivesANumber(new GuardDivisionFix(), Compiled.Policy(body));

    [Theory]
    [InlineData("[Score] static double S(double kvBytes) => Math.Log(kvBytes);")]
    [InlineData("[Score] static double S(double tokens, double hits) => Math.Sqrt(tokens - hits);")]
    [InlineData("[Score] static double S(double hits) => Math.Exp(hits);")]
    [InlineData("[Score] static double S(double hits) => Math.Pow(hits, 30);")]
    public Task WhereItWasNoNumberItIsOneNow(string body) => GivesANumber(new ClampFix(), Compiled.Policy(body));

    /// <summary>The formula before and after the fix, at the counter-example of the rule.</summary>
    private static async Task GivesANumber(CodeFixProvider fix, string source)
    {
        Diagnostic fault = (await Compiled.Diagnose(source)).First(diagnostic => fix.FixableDiagnosticIds.Contains(diagnostic.Id));
        Assert.False(double.IsFinite(Run(source, fault)));
        Assert.True(double.IsFinite(Run(await Fixed.One(fix, source), fault)));
    }

    private static double Run(string source, Diagnostic fault)
    {
        MethodInfo method = Compiled.Load(source).GetType("N.P")!.GetMethod(fault.Properties["method"]!, BindingFlags.Static | BindingFlags.NonPublic)!;
        object[] at = [.. method.GetParameters().Select(parameter => (object)double.Parse(fault.Properties["at:" + parameter.Name]!, CultureInfo.InvariantCulture))];
        return (double)method.Invoke(null, at)!;
    }

    private static async Task Check(CodeFixProvider fix, string body, string after)
    {
        string actual = await Fixed.One(fix, Compiled.Policy(body));
        Assert.Contains(after, actual, StringComparison.Ordinal);
        await Fixed.Is(actual, actual, fix);
    }
}
