using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>What a replay knows of its sessions so far, as an engine would: the session, its turn, and the mean and spread of its gaps.</summary>
internal sealed class SessionHistory
{
    private readonly Dictionary<long, Known> _sessions = [];

    /// <summary>The hints of the session's next request; a request without a session is a session of its own.</summary>
    /// <param name="session">The session, or -1.</param>
    /// <param name="now">The clock, in ticks.</param>
    public RequestHints Hints(long session, double now)
    {
        if (session < 0)
        {
            return default;
        }

        ref Known known = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, session, out bool exists);
        known = exists ? known.Next(now) : new(1, now, now, 0);

        // 0 is no session.
        return new(Turn: known.Turns, SessionGap: known.Gap, Session: session + 1, SessionGapSpread: known.Spread);
    }

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
