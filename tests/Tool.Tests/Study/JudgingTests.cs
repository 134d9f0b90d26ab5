namespace Squelch.Tool.Tests;

public class JudgingTests
{
    /// <summary>Against a ratio of 4, of which half the effect is 2 and a tenth 1.15.</summary>
    [Theory]
    [InlineData(4, 3, 5, "Reproduced")]
    [InlineData(9, 3, 20, "Reproduced")]
    [InlineData(2, 1.5, 2.5, "Reproduced")]
    [InlineData(1.9, 1.5, 2.5, "TrendOnly")]
    [InlineData(1.9, 0.9, 2.5, "Not")]
    [InlineData(1.1, 1.05, 1.2, "Not")]
    [InlineData(0.5, 0.4, 0.6, "Not")]
    public void AnEffectIsComparedByItsLogarithm(double here, double low, double high, string verdict)
        => Assert.Equal(verdict, Judging.OfEffect(Measure.Times, 4, new(here, low, high), isInterval: true).ToString());

    /// <summary>Less time is an effect, too.</summary>
    [Theory]
    [InlineData(-0.22, "Reproduced")]
    [InlineData(-0.1, "TrendOnly")]
    [InlineData(-0.01, "Not")]
    [InlineData(0.22, "Not")]
    public void AnEffectMayBeADecrease(double here, string verdict)
        => Assert.Equal(verdict, Judging.OfEffect(Measure.Change, -0.22, Estimate.Of(here), isInterval: true).ToString());

    /// <summary>The ends of given traces are no interval.</summary>
    [Fact]
    public void OfGivenTracesTheMedianCounts()
        => Assert.Equal(Verdict.Reproduced, Judging.OfEffect(Measure.Times, 4, new(4, 0.5, 9), isInterval: false));

    [Theory]
    [InlineData(0.05, "Reproduced")]
    [InlineData(0.09, "TrendOnly")]
    [InlineData(0.11, "Not")]
    public void AShortfallMayBeAtMostThePapers(double here, string verdict) => Assert.Equal(verdict, Judging.OfLimit(0.05, Estimate.Of(here)).ToString());

    [Theory]
    [InlineData(3.34, "Reproduced")]
    [InlineData(3.40, "Not")]
    public void FormulasAreHeldToOnePercent(double here, string verdict) => Assert.Equal(verdict, Judging.OfFormula(3.32, here).ToString());

    /// <summary>1 to 5 have a mean of 3 and a deviation of 1.5811; Student's t of 4 degrees is 2.776.</summary>
    [Fact]
    public void SeedsHaveStudentsInterval()
    {
        Estimate mean = Estimate.OfSeeds(Measure.Points, [1, 2, 3, 4, 5]);

        Assert.Equal(3, mean.Value, 10);
        Assert.Equal(3 - 1.963, mean.Low, 3);
        Assert.Equal(3 + 1.963, mean.High, 3);
    }

    /// <summary>1, 2 and 4 have the geometric mean 2; their logarithms to base 2 deviate by 1, and t of 2 degrees is 4.303.</summary>
    [Fact]
    public void RatiosOfSeedsHaveTheIntervalOfTheirLogarithms()
    {
        Estimate mean = Estimate.OfSeeds(Measure.Times, [1, 2, 4]);

        Assert.Equal(2, mean.Value, 10);
        Assert.Equal(2 * Math.Pow(2, 4.303 / Math.Sqrt(3)), mean.High, 3);
        Assert.Equal(4, mean.Low * mean.High, 10);
    }

    [Fact]
    public void GivenTracesHaveAMedianAndEnds()
    {
        Assert.Equal(new(3, 1, 10), Estimate.OfTraces([10, 1, 3]));
        Assert.False(Estimate.OfTraces([7]).HasRange);
    }

    [Theory]
    [InlineData("Times", 4.5, "4.50x")]
    [InlineData("Change", 0.456, "+45.6 %")]
    [InlineData("Change", -0.22, "-22.0 %")]
    [InlineData("Points", 0.0123, "+1.23")]
    [InlineData("Percent", 0.1234, "12.34 %")]
    [InlineData("Gigabytes", 17.398e9, "17.398 GB")]
    public void NumbersAreWrittenAsThePaperWritesThem(string measure, double value, string text)
        => Assert.Equal(text, ((Measure)typeof(Measure).GetProperty(measure)!.GetValue(null)!).Text(value));
}
