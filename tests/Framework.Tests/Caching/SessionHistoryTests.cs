namespace Squelch.Tests.Caching;

public sealed class SessionHistoryTests
{
    /// <summary>Session 7 has its third request at 5 after 1 and 2.</summary>
    [Fact]
    public void SessionsHaveTurnsAndGaps()
    {
        var history = new SessionHistory();

        Assert.Equal((1, double.PositiveInfinity), (history.Hints(7, 1).Turn, history.Hints(8, 1).SessionGap));
        Assert.Equal((2, 1), (history.Hints(7, 2) is var second ? second.Turn : 0, second.SessionGap));
        RequestHints third = history.Hints(7, 5);
        Assert.Equal((3, 2), (third.Turn, third.SessionGap));
        Assert.Equal(1, history.Hints(-1, 9).Turn);
    }

    /// <summary>Session 7 comes at 1, 2, 5 and 12: gaps of 1, 3 and 7, whose mean is 11/3. Two of them spread by sqrt(2), all three by sqrt(28/3).</summary>
    [Fact]
    public void SessionsHaveNamesAndSpreads()
    {
        var history = new SessionHistory();
        RequestHints[] hints = [history.Hints(7, 1), history.Hints(7, 2), history.Hints(7, 5), history.Hints(7, 12)];

        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, Math.Sqrt(2)], hints[..3].Select(hint => hint.SessionGapSpread));
        Assert.Equal(Math.Sqrt(28.0 / 3), hints[3].SessionGapSpread, 1e-12);
        Assert.NotEqual(0, history.Hints(0, 13).Session);
        Assert.NotEqual(history.Hints(0, 14).Session, hints[0].Session);
        Assert.Equal(hints[3].Session, hints[0].Session);
        Assert.Equal(0, history.Hints(-1, 15).Session);
    }

    /// <summary>A time that went back, or is none, would be a gap below 0; the session is as it was before.</summary>
    [Fact]
    public void ATimeThatCannotBeIsRefused()
    {
        var history = new SessionHistory();
        history.Hints(7, 5);
        foreach ((long session, double now) in ((long, double)[])[(7, 4), (7, double.NaN), (7, double.PositiveInfinity), (8, double.NaN), (8, double.NegativeInfinity)])
        {
            Assert.Equal("now", Assert.Throws<ArgumentOutOfRangeException>(() => history.Hints(session, now)).ParamName);
        }

        Assert.Equal((2, 3), (history.Hints(7, 8) is var second ? second.Turn : 0, second.SessionGap));
        Assert.Equal(1, history.Hints(8, 9).Turn);
    }

    [Fact]
    public void AForgottenSessionBeginsAnew()
    {
        var history = new SessionHistory();
        history.Hints(7, 1);
        history.Hints(7, 3);

        Assert.Equal((true, false), (history.Forget(7), history.Forget(7)));
        Assert.Equal((1, double.PositiveInfinity), (history.Hints(7, 9) is var again ? again.Turn : 0, again.SessionGap));
    }
}
