namespace Squelch.Tests;

/// <summary>The feature <c>sessions</c>.</summary>
public sealed class SessionSketchTests
{
    private readonly SessionSketches _sketches = new();

    public SessionSketchTests() => _sketches.Grow(4);

    [Fact]
    public void ASessionCountsOnce()
    {
        Assert.Equal(1, _sketches.Made(0, By(5)));
        Assert.Equal(1, _sketches.Used(0, By(5)));
        Assert.Equal(2, _sketches.Used(0, By(6)));
        Assert.Equal(2, _sketches.Used(0, By(5)));
        Assert.Equal(1, _sketches.Made(0, By(6)));
    }

    /// <summary>Whose session nobody tells is a session of its own.</summary>
    [Fact]
    public void RequestsWithoutASessionCountEach()
    {
        _sketches.Made(0, default);
        Assert.Equal(2, _sketches.Used(0, default));
        Assert.Equal(3, _sketches.Used(0, default));
    }

    /// <summary>The standard error of linear counting is about an eighth of the count where there are one and a half times as many sessions as bits.</summary>
    [Fact]
    public void ManyAreEstimated()
    {
        double last = _sketches.Made(0, By(1));
        for (int session = 2; session <= 10_000; session++)
        {
            double count = _sketches.Used(0, By(session));
            Assert.InRange(count, last, 304);
            Assert.True(session is not (50 or 100) || Math.Abs(count - session) < 0.25 * session, $"{session} sessions are estimated as {count}");
            last = count;
        }

        Assert.Equal(304, last);
    }

    /// <summary>1, 2 and 3 went through the lower node, 3 and 4 through the upper.</summary>
    [Fact]
    public void WhoUsedTheLowerPartWentThroughTheUpper()
    {
        _sketches.Made(1, By(1));
        _sketches.Used(1, By(2));
        _sketches.Used(1, By(3));
        _sketches.Made(2, By(4));
        Assert.Equal(4, _sketches.Split(2, 1));
        Assert.Equal(4, _sketches.Used(2, By(3)));
    }

    private static Access By(long session) => new(0, new(Session: session));
}
