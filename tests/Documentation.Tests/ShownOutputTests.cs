namespace Squelch.Documentation.Tests;

public class ShownOutputTests
{
    [Theory]
    [InlineData("a|b", "a\nb\n", "a|b")]
    [InlineData("a|old", "\na  \nb\n\n", "a|b")]
    [InlineData("a", "a\nb\n", "a|b")]
    [InlineData("a|b|c", "a\nb\n", "a|b")]
    [InlineData("", "a\n", "a")]
    public void APageShowsWhatIsPrinted(string shown, string printed, string renewed) => Assert.Equal(renewed.Split('|'), ShownOutput.Renewed(shown.Split('|'), printed));

    [Theory]
    [InlineData("a|… 2 more lines|d", "a\nb\nc\nd\n", "a|… 2 more lines|d")]
    [InlineData("a|… 2 more lines|d", "a\nb\nc\nc\ne\n", "a|… 3 more lines|e")]
    [InlineData("a|x|… 9 more lines", "a\nb\nc\n", "a|b|… 1 more lines")]
    [InlineData("a|… 2 more lines|d", "a\nb\n", "a|b")]
    public void ACutIsCounted(string shown, string printed, string renewed) => APageShowsWhatIsPrinted(shown, printed, renewed);

    [Theory]
    [InlineData("took … s (all)", "took 1.5 s (all)\n", "took … s (all)")]
    [InlineData("took … s (all)", "lasted 1.5 s (all)\n", "lasted 1.5 s (all)")]
    [InlineData("took … s", "took 1.5 s (all)\n", "took 1.5 s (all)")]
    public void AMarkStandsForWhatDiffersFromRunToRun(string shown, string printed, string renewed) => APageShowsWhatIsPrinted(shown, printed, renewed);
}
