using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Squelch.Analyzers.Tests;

/// <summary>SQ3001 to SQ3004: what the language lacks is reported where it stands, by the rule that it breaks, and the compiler adds nothing.</summary>
public class LanguageRuleTests
{
    [Theory]
    [InlineData("[Score] static double S(double hits) => Math.Sin(hits);", "Math.Sin(hits)")]
    [InlineData("[Score] static double S(double hits) => Random.Shared.NextDouble();", "Random.Shared.NextDouble()")]
    [InlineData("[Score] static double S(double hits) => Math.Round(hits) + hits;", "Math.Round(hits)")]
    [InlineData("[Score] static double S(double hits) => Other.Of(hits); static class Other { public static double Of(double x) => x; }", "Other.Of(hits)")]
    [InlineData("[Score] static double S(double hits) => Of<double>(hits); static double Of<T>(double x) => x;", "Of<double>(hits)")]
    [InlineData("[Score] static double S(double hits) => hits.CompareTo(2);", "hits.CompareTo(2)")]
    [InlineData("[Score] static double S(double hits) { Func<double, double> f = Math.Sqrt; return f(hits); }", null)]
    public async Task AnUnknownCall(string body, string? place) => await Reports("SQ3001", body, place, "SQ3002");

    [Theory]
    [InlineData("[Score] static double S(double hits) { for (;;) { } }", "a loop")]
    [InlineData("[Score] static double S(double hits) { while (hits > 0) { return 1; } return hits; }", "a loop")]
    [InlineData("[Score] static double S(double hits) { do { return hits; } while (true); }", "a loop")]
    [InlineData("[Score] static double S(double hits) { foreach (var x in \"a\") { return x; } return hits; }", "a loop")]
    [InlineData("[Score] static double S(double hits) { try { return hits; } finally { } }", "try")]
    [InlineData("[Score] static double S(double hits) { lock (typeof(int)) { return hits; } }", "lock")]
    [InlineData("[Score] static double S(double hits) { using (null as IDisposable) { return hits; } }", "using")]
    [InlineData("[Score] static double S(double hits) { throw null!; }", "throw")]
    [InlineData("[Score] static double S(double hits) => hits > 1 ? hits : throw null!;", "throw")]
    [InlineData("[Score] static double S(double hits) { hits = 2; return hits; }", "an assignment")]
    [InlineData("[Score] static double S(double hits) { double x = 1; x += hits; return x; }", "an assignment")]
    [InlineData("[Score] static double S(double hits) { hits++; return hits; }", "an assignment")]
    [InlineData("[Score] static double S(double hits) => hits++;", "an assignment")]
    [InlineData("[Score] static double S(double hits) { double x; x = hits; return x; }", "a local without a value")]
    [InlineData("[Score] static double S(double hits) { goto end; end: return hits; }", "goto")]
    [InlineData("[Score] static double S(double hits) { switch (hits) { case 1: return 2; default: return hits; } }", "switch")]
    [InlineData("[Score] static double S(double hits) => hits switch { 1 => 2, double.NaN => 1, _ => hits };", "a pattern other than numbers")]
    [InlineData("[Score] static double S(double hits) => hits switch { var x => x };", "a switch without a last arm '_'")]
    [InlineData("[Score] static double S(double hits) => hits switch { 1 => 2, double x => x, };", "a switch without a last arm '_'")]
    [InlineData("[Score] static double S(double hits) => hits switch { 1 => 2, double x when x > 2 => x, _ => 3 };", "a pattern other than numbers")]
    [InlineData("[Score] static double S(double hits, double tokens) => (hits, tokens) switch { (1, 2) => 2, _ => hits };", "a tuple")]
    [InlineData("[Score] static double S(double hits) { double f(double x) => x; return f(hits); }", "a lambda or local function")]
    [InlineData("[Score] static double S(double hits) { Func<double, double> f = x => x; return f(hits); }", "a lambda or local function")]
    [InlineData("[Score] static double S(double hits) => S(hits);", "a method that calls itself")]
    [InlineData("[Score] static double S(double hits) => A(hits); static double A(double x) => B(x); static double B(double x) => A(x);", "a method that calls itself")]
    [InlineData("[Score] static double S(double hits) => hits is double x ? x : hits;", "a pattern")]
    [InlineData("[Score] static double S(double hits) => (hits, 1).Item1;", "a tuple")]
    [InlineData("[Score] static double S(double hits) => (double)(decimal)hits;", "a value of type decimal")]
    [InlineData("[Score] static double S(double hits) => checked((int)hits + 1);", "checked arithmetic")]
    [InlineData("[Score] static double S(double hits) { if (hits > 1) { return 1; } }", null)]
    [InlineData("[Score] static double S(double hits) => new DateTime(3).Ticks + hits;", null)]
    [InlineData("[Score] static double S(double hits) => Set(out double x) + x; static double Set(out double x) { x = 1; return x; }", null)]
    [InlineData("[Score] static double S(double hits) { var a = hits + hits; var b = a + a; var c = b + b; var d = c + c; var e = d + d; var f = e + e; var g = f + f; var h = g + g; var i = h + h; var j = i + i; var k = j + j; var l = k + k; return l; }", "4000 operations")]
    public async Task AnUnknownStatement(string body, string? what) => await Reports("SQ3002", body, null, "SQ3004", what);

    [Theory]
    [InlineData("static double s_x; [Score] static double S(double hits) => s_x;", "s_x")]
    [InlineData("static double s_x; [Score] static double S(double hits) { s_x = hits; return hits; }", "s_x")]
    [InlineData("static double s_x; [Score] static double S(double hits) => s_x++;", "s_x")]
    [InlineData("static double s_x; [Score] static double S(double hits) => s_x += hits;", "s_x")]
    [InlineData("static readonly double s_x = 3; [Score] static double S(double hits) => hits * s_x;", "s_x")]
    [InlineData("[Score] static double S(double hits) => DateTime.Now.Ticks;", "DateTime.Now.Ticks")]
    [InlineData("[Score] static double S(double hits) => Environment.TickCount64;", "Environment.TickCount64")]
    [InlineData("static double X { get; set; } [Score] static double S(double hits) => X;", "X")]
    public async Task StateIsReported(string body, string place) => await Reports("SQ3003", body, place);

    [Theory]
    [InlineData("[Score] static double S(double hits) => new double[1].Length;")]
    [InlineData("[Score] static double S(int children) => new double[] { 1, 2 }[children];")]
    [InlineData("[Score] static double S(double hits) => new Exception().HResult;")]
    [InlineData("[Score] static double S(double hits) => (double)(object)hits;")]
    [InlineData("[Score] static double S(double hits) { object o = hits; return hits; }")]
    [InlineData("[Score] static double S(double hits) => (\"a\" + hits).Length;")]
    [InlineData("[Score] static double S(double hits) => $\"{hits}\".Length;")]
    [InlineData("[Score] static double S(double hits) => hits.ToString().Length;")]
    [InlineData("[Score] static double S(double hits) => Most(hits, 1, 2); static double Most(params double[] all) => all[0];")]
    [InlineData("[Score] static double S(double hits) { int[] x = [1, 2]; return hits; }")]
    [InlineData("[Score] static double S(double hits) => new { hits }.hits;")]
    [InlineData("[Score] static double S(double hits) => hits.Equals((object)3) ? 1 : 2;")]
    public async Task AnAllocationIsReported(string body) => await Reports("SQ3004", body, null);

    [Theory]
    [InlineData("const double X = 3; [Score] static double S(double hits) => hits * X;")]
    [InlineData("[Score] static double S(double hits) => hits * Math.PI + default(double)  ;")]
    [InlineData("[Score] static double S(double hits) { const double two = 2; double x = hits * two; { double y = x + 1; return y; } }")]
    [InlineData("[Score] static double S(double hits) { if (hits > 20) return 7; else if (hits > 2) return 5; return hits; }")]
    [InlineData("[Score] static double S(double hits) => unchecked((int)Math.Min(hits, 5) + 1) + hits;")]
    [InlineData("[Score] static double S(double hits) => Twice(x: hits); static double Twice(double x, double y = 2) => x * y;")]
    [InlineData("[Score] static double S(double hits) { bool often = hits > 3; return often ? 1 : hits; }")]
    public async Task WhatTheLanguageHasIsSilent(string body)
    {
        Assert.Empty(await Compiled.DiagnoseIds(Compiled.Policy(body)));
        Assert.Empty(Compiled.Build(Compiled.Policy(body)));
    }

    [Theory]
    [InlineData("[Score] static double S(double hits) => Math.Exp2(hits);")]
    [InlineData("[Score] static double S(double hits) => hits * unknown;")]
    [InlineData("[Score] static double S(double hits) => hits.Nothing;")]
    [InlineData("[Score] static double S(Nothing hits) => 1;")]
    public async Task WhatIsNoCSharpIsLeftToTheCompiler(string body) => Assert.DoesNotContain(await Compiled.DiagnoseIds(Compiled.Policy(body)), id => id.StartsWith("SQ3", StringComparison.Ordinal));

    private static async Task Reports(string id, string body, string? place, string? or = null, string? what = null)
    {
        string source = Compiled.Policy(body);
        Diagnostic found = Assert.Single(await Compiled.Diagnose(source));
        Assert.True(found.Id == id || (place is null && what is null && found.Id == or), found.ToString());
        if (place is not null)
        {
            Assert.Equal(place, source.Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
        }

        if (what is not null)
        {
            Assert.Contains(what, found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }
}
