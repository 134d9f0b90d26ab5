namespace Squelch;

/// <summary>
/// What is known of sessions so far: the hints of an engine whose policy reads the session, its turn, or the mean and spread of its gaps. Replays count alike. It is for one caller at a
/// time, and holds a few numbers for each session until <see cref="Forget"/>.
/// </summary>
/// <example><code>Lease lease = cache.Lookup(prompt, hints: sessions.Hints(session, cache.Now + 1));</code></example>
public sealed class SessionHistory
{
    private readonly Dictionary<long, Known> _sessions = [];

    /// <summary>Counts the session's next request, and gives its hints; a request without a session is a session of its own.</summary>
    /// <param name="session">The session, from 0; or -1 for none.</param>
    /// <param name="now">When the request is looked up, in ticks of the cache's clock: <c>cache.Now + 1</c>, where the cache counts its calls.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is no number, or before the session's last request.</exception>
    public RequestHints Hints(long session, double now)
    {
        if (session < 0)
        {
            return default;
        }

        bool isKnown = _sessions.TryGetValue(session, out Known known);
        if (!double.IsFinite(now) || (isKnown && now < known.Last))
        {
            throw new ArgumentOutOfRangeException(nameof(now), now, isKnown ? $"Session {session} had a request at {known.Last}: the next comes then, or later." : $"Session {session} begins at a time.");
        }

        _sessions[session] = known = isKnown ? known.Next(now) : new(1, now, now, 0);

        // 0 is no session.
        return new(Turn: known.Turns, SessionGap: known.Gap, Session: session + 1, SessionGapSpread: known.Spread);
    }

    /// <summary>Forgets a session that has ended, or was silent for long. Another request of it begins it anew.</summary>
    /// <returns>False where it was not known.</returns>
    public bool Forget(long session) => _sessions.Remove(session);

    /// <summary>A session so far.</summary>
    /// <param name="Turns">Its requests.</param>
    /// <param name="First">When the first came.</param>
    /// <param name="Last">When the last came.</param>
    /// <param name="Squares">Of the gaps' differences from their mean, the sum of the squares.</param>
    private readonly record struct Known(int Turns, double First, double Last, double Squares)
    {
        public double Gap => Turns == 1 ? double.PositiveInfinity : (Last - First) / (Turns - 1);

        public double Spread => Turns < 3 ? double.PositiveInfinity : Math.Sqrt(Squares / (Turns - 2));

        /// <summary>One request later (Welford, Technometrics 1962).</summary>
        public Known Next(double now)
        {
            Known next = new(Turns + 1, First, now, 0);
            double gap = now - Last;
            return next with { Squares = Turns == 1 ? 0 : Squares + ((gap - Gap) * (gap - next.Gap)) };
        }
    }
}
