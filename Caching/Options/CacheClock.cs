namespace Squelch.Caching;

/// <summary>What the features <c>now</c>, <c>lastAccess</c>, <c>inserted</c> and <c>expires</c> count.</summary>
public enum CacheClock
{
    /// <summary>Requests: a hit, or a value that comes in, is one. As in replays of keys.</summary>
    Requests,

    /// <summary>Seconds since the cache was made, with fractions. Policies that read <c>expires</c> need it.</summary>
    Seconds,
}
