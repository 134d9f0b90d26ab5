namespace Squelch.Lab;

/// <summary>When sessions begin and go on.</summary>
public sealed record SessionTimes
{
    private const double LogNormalShape = 1.25;
    private const double MostThinkSeconds = 1e6;

    /// <summary>Sessions that begin per second, as a Poisson process.</summary>
    public double SessionsPerSecond { get; init; } = 1;

    /// <summary>How the time between a session's requests is distributed.</summary>
    public ThinkTime Think { get; init; } = ThinkTime.Exponential;

    /// <summary>Its mean in seconds.</summary>
    public double ThinkSeconds { get; init; } = 10;

    /// <summary>The same seed gives the same times.</summary>
    public ulong Seed { get; init; }

    /// <summary>The requests of sessions in order of arrival. Only the sessions under way are held in memory.</summary>
    /// <param name="sessions">In the order in which they begin; each has a request.</param>
    /// <exception cref="SquelchException">A number is out of its range.</exception>
    public IEnumerable<Request> Interleave(IEnumerable<IScriptedSession> sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        Require(double.IsFinite(SessionsPerSecond) && SessionsPerSecond > 0, "sessions per second", SessionsPerSecond, "above 0");
        Require(double.IsFinite(ThinkSeconds) && ThinkSeconds > 0 && ThinkSeconds <= MostThinkSeconds, "seconds between requests", ThinkSeconds, "above 0 and at most 1,000,000");
        return InOrder(sessions);
    }

    /// <summary>Refuses what no trace can be made of.</summary>
    internal static void Require(bool holds, string name, double value, string range)
    {
        if (!holds)
        {
            throw new SquelchException(FormattableString.Invariant($"A trace cannot be made: {name} are {value}; it must be {range}."));
        }
    }

    private IEnumerable<Request> InOrder(IEnumerable<IScriptedSession> sessions)
    {
        var arrivals = new SeededDraws(Seed);
        var thoughts = new SeededDraws(~Seed);
        var underWay = new PriorityQueue<IScriptedSession, (double Time, int Number)>();
        using IEnumerator<IScriptedSession> beginning = sessions.GetEnumerator();
        bool more = beginning.MoveNext();
        double begins = 0;
        while (more || underWay.Count > 0)
        {
            if (more && (!underWay.TryPeek(out _, out (double Time, int) next) || begins <= next.Time))
            {
                underWay.Enqueue(beginning.Current, (begins, beginning.Current.Number));
                begins += arrivals.Exponential(1 / SessionsPerSecond);
                more = beginning.MoveNext();
                continue;
            }

            underWay.TryDequeue(out IScriptedSession? session, out (double Time, int Number) now);
            yield return session!.Next(now.Time);
            if (!session.IsOver)
            {
                underWay.Enqueue(session, (now.Time + Gap(thoughts), now.Number));
            }
        }
    }

    private double Gap(SeededDraws draws) => Think switch
    {
        ThinkTime.Poisson => draws.Poisson(ThinkSeconds),
        ThinkTime.Exponential => draws.Exponential(ThinkSeconds),
        _ => draws.LogNormal(ThinkSeconds, LogNormalShape),
    };
}
