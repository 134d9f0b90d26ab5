using System.Xml.Linq;

namespace Squelch.Tool.Tests;

public sealed class ReportChartTests
{
    private const string LongName = "AVeryLongNameOfAPolicyThatNobodyCanReadAnyway";

    [Fact]
    public void NamesOfLinesThatMeetAreMovedApartInTheOrderOfTheLines()
    {
        var canvas = new Texts();
        ChartDrawing.Draw(Lines([.. Enumerable.Range(0, 14).Select(i => ($"policy {i}", (double)i, 20.0))]), canvas);

        Texts.Written[] names = [.. canvas.All.Where(text => text.Text.StartsWith("policy", StringComparison.Ordinal)).OrderBy(text => text.At.Y)];
        Assert.Equal(Enumerable.Range(0, 14).Reverse().Select(i => $"policy {i}"), names.Select(name => name.Text));
        Assert.All(names.Zip(names.Skip(1)), pair => Assert.True(pair.Second.At.Y - pair.First.At.Y >= 13.9, $"{pair.First} and {pair.Second}"));
        Assert.All(names, name => Assert.InRange(name.At.Y, 0, ChartDrawing.HeightOf(Lines([]))));
    }

    [Fact]
    public void NamesOfLinesThatEndApartStandAtTheEnds()
    {
        var canvas = new Texts();
        ChartDrawing.Draw(Lines([("low", 0, 0), ("high", 1, 1)]), canvas);

        double low = canvas.Of("low").At.Y;
        double high = canvas.Of("high").At.Y;
        Assert.Equal(210, low - high, 0.1);
    }

    [Fact]
    public void ANameThatIsCutSaysSoAndIsWholeInANote()
    {
        var canvas = new Texts();
        ChartDrawing.Draw(Lines([(LongName, 0, 1), ("short", 0, 2)]), canvas);

        string cut = Assert.Single(canvas.All, text => text.Text.EndsWith('…')).Text;
        Assert.StartsWith(cut[..^1], LongName, StringComparison.Ordinal);
        Assert.Contains(LongName, string.Join(' ', canvas.All.Select(text => text.Text).SkipWhile(text => !text.StartsWith($"{cut} is", StringComparison.Ordinal))), StringComparison.Ordinal);
        Assert.All(canvas.All.Where(text => text.Anchor == TextAnchor.Start), text => Assert.True(text.At.X + ChartText.WidthOf(text.Text, 12) <= ChartDrawing.Width, text.Text));
    }

    [Theory]
    [InlineData(48.5, 48.5, false, new[] { 48.5 })]
    [InlineData(17.0, 40.0, false, new[] { 17.0, 40.0 })]
    [InlineData(10.0, 70.0, false, new[] { 16.0, 32.0, 64.0 })]
    [InlineData(0.0, 10_012.0, true, new[] { 0.0, 2000, 4000, 6000, 8000, 10_000 })]
    public void AHorizontalAxisEndsWithItsValuesAndHasTicks(double low, double high, bool linear, double[] ticks)
    {
        var scale = new Scale(new("x", AxisLabel.Short) { IsLogarithmic = !linear }, [low, high], 0, 100, 6, endsAtTicks: false);

        Assert.Equal(ticks, scale.Ticks.Select(tick => Math.Round(tick, 6)));
        Assert.True(low == high || scale.At(high) == 100);
    }

    [Theory]
    [InlineData(0.025, "0.025")]
    [InlineData(0.125, "0.125")]
    [InlineData(0.00125, "1.25e-3")]
    [InlineData(2500, "2500")]
    [InlineData(12_500, "12.5k")]
    [InlineData(1_250_000, "1.25M")]
    public void ATickIsNotRoundedToAnotherNumber(double value, string label) => Assert.Equal(label, AxisLabel.Short(value));

    [Fact]
    public void AFileOfAPictureSaysWhatItIsAboutAndWhatIsDrawn()
    {
        XElement svg = XElement.Parse(SvgCanvas.File(Lines([("Lru", 0, 1)]) with { Subtitle = "chats · marconi-7b", Notes = ["Lru +1: also Ttl"] }));

        string[] texts = [.. svg.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value)];
        Assert.Equal(["Hit rate against capacity", "chats · marconi-7b"], texts[..2]);
        Assert.Contains("Lru +1: also Ttl", texts);
    }

    private static Chart Lines(IReadOnlyList<(string Name, double First, double Last)> lines)
        => new(
            "test",
            "Hit rate against capacity",
            ChartKind.Lines,
            new("x", AxisLabel.Short),
            new("y", AxisLabel.Short),
            [.. lines.Select((line, i) => new Series(line.Name, i, [new(0, line.First), new(1, line.Last)]))]);

    /// <summary>Keeps what was written.</summary>
    private sealed class Texts : IChartCanvas
    {
        public List<Written> All { get; } = [];

        public Written Of(string text) => All.Single(written => written.Text == text);

        public void Line(IReadOnlyList<ChartPoint> points, Ink ink, double width, bool dashed = false)
        {
        }

        public void Area(IReadOnlyList<ChartPoint> points, Ink ink)
        {
        }

        public void Dot(ChartPoint centre, double radius, Ink ink)
        {
        }

        public void Text(ChartPoint at, string text, TextAnchor anchor, Ink ink, double size, bool bold = false, bool upwards = false) => All.Add(new(at, text, anchor));

        public sealed record Written(ChartPoint At, string Text, TextAnchor Anchor);
    }
}
