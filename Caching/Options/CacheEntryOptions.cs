namespace Squelch.Caching;

/// <summary>What is said of one value when it comes into a cache. The default says nothing.</summary>
public readonly record struct CacheEntryOptions
{
    /// <summary>The value is too old from then on; null for no such limit.</summary>
    public DateTimeOffset? AbsoluteExpiration { get; init; }

    /// <summary>The value is too old after that time; positive; null for no such limit. Of two limits the earlier counts.</summary>
    public TimeSpan? AbsoluteExpirationRelativeToNow { get; init; }

    /// <summary>The value is too old once it was not used for that time; positive; null for no such limit.</summary>
    public TimeSpan? SlidingExpiration { get; init; }

    /// <summary>Feature <c>priority</c>, from 0. It matters to policies that read it.</summary>
    public double Priority { get; init; }

    /// <summary>What making the value costs, in any unit: feature <c>cost</c>, and <c>flopsSaved</c>, which is the same. Null where it is not known: then it is measured, or 1; see <see cref="PolicyCacheOptions.MeasureCost"/>.</summary>
    public double? Cost { get; init; }

    /// <summary>True where the value is never evicted for room. It can still expire, be removed and be replaced.</summary>
    public bool Pinned { get; init; }

    /// <summary>True where nothing is said.</summary>
    internal bool IsPlain => AbsoluteExpiration is null && AbsoluteExpirationRelativeToNow is null && SlidingExpiration is null && Priority == 0 && Cost is null && !Pinned;

    /// <summary>Refuses what cannot be.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A time is not positive, or the priority or cost is negative or not finite.</exception>
    internal void Check()
    {
        if (AbsoluteExpirationRelativeToNow is { } life)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(life, TimeSpan.Zero, nameof(AbsoluteExpirationRelativeToNow));
        }

        if (SlidingExpiration is { } idle)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(idle, TimeSpan.Zero, nameof(SlidingExpiration));
        }

        if (Priority != 0 || Cost is not null)
        {
            if (Cost is { } cost && !(cost >= 0 && double.IsFinite(cost)))
            {
                throw new ArgumentOutOfRangeException(nameof(Cost), Cost, "A cost is a number from 0; leave it out where it is not known.");
            }

            if (!(Priority >= 0 && double.IsFinite(Priority)))
            {
                throw new ArgumentOutOfRangeException(nameof(Priority), Priority, "A priority is a number from 0.");
            }

            new RequestHints { Priority = Priority, Cost = Cost ?? double.NaN }.Check();
        }
    }
}
