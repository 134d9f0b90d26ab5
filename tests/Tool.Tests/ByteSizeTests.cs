namespace Squelch.Tool.Tests;

public class ByteSizeTests
{
    [Theory]
    [InlineData("20GB", 20_000_000_000)]
    [InlineData("20gb", 20_000_000_000)]
    [InlineData(" 20 GB ", 20_000_000_000)]
    [InlineData("1KB", 1_000)]
    [InlineData("1MB", 1_000_000)]
    [InlineData("1.5TB", 1_500_000_000_000)]
    [InlineData("1KiB", 1_024)]
    [InlineData("1MiB", 1_048_576)]
    [InlineData("2GiB", 2_147_483_648)]
    [InlineData("0.5TiB", 549_755_813_888)]
    [InlineData("123B", 123)]
    [InlineData("123", 123)]
    [InlineData("2e9", 2_000_000_000)]
    public void SizesMeanWhatPeopleWrite(string text, long bytes) => Assert.Equal(bytes, ByteSize.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("GB")]
    [InlineData("20XB")]
    [InlineData("20 G B")]
    [InlineData("1,5GB")]
    [InlineData("NaN")]
    public void WhatIsNoSizeIsRefusedWithTheUnitsThatAreKnown(string text)
        => Assert.Contains("20GB", Assert.Throws<UsageException>(() => ByteSize.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0")]
    [InlineData("0GB")]
    [InlineData("0.4B")]
    [InlineData("-1GB")]
    [InlineData("-99999999999TB")]
    public void SizesOfNothingAndLessAreRefused(string text)
        => Assert.Contains("above zero", Assert.Throws<UsageException>(() => ByteSize.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("99999999999TB")]
    [InlineData("9223372036854775808")]
    public void SizesPast64BitsAreRefused(string text)
        => Assert.Contains("more bytes", Assert.Throws<UsageException>(() => ByteSize.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(20_000_000_000, "20GB")]
    [InlineData(26_787_840, "26.79MB")]
    [InlineData(999, "999B")]
    public void SizesAreShownInTheLargestUnitThatFits(long bytes, string text) => Assert.Equal(text, ByteSize.Format(bytes));
}
