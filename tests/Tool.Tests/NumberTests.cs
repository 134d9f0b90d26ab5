namespace Squelch.Tool.Tests;

public sealed class NumberTests
{
    [Theory]
    [InlineData(-0.003, "0")]
    [InlineData(0.003, "0")]
    [InlineData(-0.2, "-20")]
    [InlineData(12.34, "1,234")]
    public void WhatRoundsToNothingHasNoSign(double share, string text) => Assert.Equal(text, Number.WholePercent(share));

    [Theory]
    [InlineData(0, "0.0")]
    [InlineData(12345.67, "12,345.7")]
    [InlineData(9.645e302, "9.645e302")]
    public void NoNumberIsLongerThanAColumn(double value, string text) => Assert.Equal(text, Number.Tenths(value));

    [Theory]
    [InlineData(0, "0 keys")]
    [InlineData(1, "1 key")]
    [InlineData(1234, "1,234 keys")]
    public void OneIsNoPlural(long count, string text) => Assert.Equal(text, Number.Counted(count, "key"));

    [Theory]
    [InlineData(2.7, "+2.70")]
    [InlineData(-12.345, "-12.35")]
    [InlineData(0.0049, "+0.0049")]
    [InlineData(-0.0038, "-0.0038")]
    [InlineData(-0.00004, "-0.000040")]
    [InlineData(0.005, "+0.01")]
    [InlineData(0, "0.00")]
    [InlineData(-0.0, "0.00")]
    [InlineData(-1e-16, "0.00")]
    [InlineData(1e-16, "0.00")]
    public void ADifferenceThatIsNotNothingDoesNotLookLikeIt(double points, string text) => Assert.Equal(text, Number.Points(points));
}
