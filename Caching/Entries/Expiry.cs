namespace Squelch.Caching;

/// <summary>When an entry is too old. Times are UTC ticks of the cache's clock.</summary>
/// <param name="absolute">The entry is too old then, however often it is used; <see cref="Never"/> without such a limit.</param>
/// <param name="sliding">Ticks that it may go unused; 0 without such a limit.</param>
/// <param name="now">The time at which it is made.</param>
internal sealed class Expiry(long absolute, long sliding, long now)
{
    public const long Never = long.MaxValue;

    private long _due = DueAfter(now, absolute, sliding);

    /// <summary>Its place in the queue of expiries, and the time it stands there for; only the holder of the maintenance lock uses them.</summary>
    public int Place = -1;

    public long Scheduled;

    /// <summary>The time from which the entry is too old.</summary>
    public long Due => Volatile.Read(ref _due);

    /// <summary>When a value with these options is too old; null where it never is.</summary>
    public static Expiry? From(in CacheEntryOptions options, TimeProvider time)
    {
        if (options.AbsoluteExpiration is null && options.AbsoluteExpirationRelativeToNow is null && options.SlidingExpiration is null)
        {
            return null;
        }

        long now = time.GetUtcNow().UtcTicks;
        long absolute = options.AbsoluteExpiration?.UtcTicks ?? Never;
        if (options.AbsoluteExpirationRelativeToNow is { } life && life.Ticks < absolute - now)
        {
            absolute = now + life.Ticks;
        }

        return new(absolute, options.SlidingExpiration?.Ticks ?? 0, now);
    }

    /// <summary>The entry is used.</summary>
    public void Slide(long now)
    {
        if (sliding > 0)
        {
            Volatile.Write(ref _due, DueAfter(now, absolute, sliding));
        }
    }

    private static long DueAfter(long now, long absolute, long sliding)
        => sliding > 0 && absolute - now > sliding ? now + sliding : absolute;
}
