using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>What a replay knows of its sessions so far, as an engine would: the features <c>turn</c> and <c>sessionGap</c>.</summary>
internal sealed class SessionHistory
{
    private readonly Dictionary<long, (int Turns, double First, double Last)> _sessions = [];

    /// <summary>The hints of the session's next request; a request without a session is a session of its own.</summary>
    /// <param name="session">The session, or -1.</param>
    /// <param name="now">The clock, in ticks.</param>
    public RequestHints Hints(long session, double now)
    {
        if (session < 0)
        {
            return default;
        }

        ref (int Turns, double First, double Last) known = ref CollectionsMarshal.GetValueRefOrAddDefault(_sessions, session, out bool exists);
        known = exists ? (known.Turns + 1, known.First, now) : (1, now, now);
        return new(Turn: known.Turns, SessionGap: known.Turns == 1 ? double.PositiveInfinity : (known.Last - known.First) / (known.Turns - 1));
    }
}
