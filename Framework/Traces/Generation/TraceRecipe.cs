namespace Squelch;

/// <summary>What a generated trace is like.</summary>
public sealed record TraceRecipe
{
    /// <summary>What the sessions do.</summary>
    public TraceFamily Family { get; init; } = TraceFamily.Chat;

    /// <summary>Sessions, up to a million and more: only those under way are held in memory.</summary>
    public int Sessions { get; init; } = 100;

    /// <summary>Sessions that begin per second, as a Poisson process.</summary>
    public double SessionsPerSecond { get; init; } = 1;

    /// <summary>How the time between a session's requests is distributed.</summary>
    public ThinkTime Think { get; init; } = ThinkTime.Exponential;

    /// <summary>Its mean in seconds.</summary>
    public double ThinkSeconds { get; init; } = 10;

    /// <summary>The same seed gives the same trace.</summary>
    public ulong Seed { get; init; }

    /// <summary>Refuses what no trace can be made of.</summary>
    /// <exception cref="SquelchException">A number is out of its range.</exception>
    internal void Check()
    {
        Require(Sessions >= 1, "Sessions", Sessions, "1 or more");
        Require(double.IsFinite(SessionsPerSecond) && SessionsPerSecond > 0, "SessionsPerSecond", SessionsPerSecond, "above 0");
        Require(double.IsFinite(ThinkSeconds) && ThinkSeconds > 0 && ThinkSeconds <= 1e6, "ThinkSeconds", ThinkSeconds, "above 0 and at most 1,000,000");
    }

    private static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new SquelchException(FormattableString.Invariant($"A trace cannot be made: {name} is {value}; it must be {range}."));
        }
    }
}
