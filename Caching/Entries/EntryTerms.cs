namespace Squelch.Caching;

/// <summary>What is said of a value besides its size and whether it is pinned.</summary>
/// <param name="Expiry">When it is too old; null where it never is.</param>
/// <param name="Priority">Feature <c>priority</c>.</param>
internal sealed record EntryTerms(Expiry? Expiry, double Priority)
{
    /// <summary>What these options say; null where that is nothing.</summary>
    public static EntryTerms? From(in CacheEntryOptions options, TimeProvider time)
        => Expiry.From(options, time) is var expiry && (expiry is not null || options.Priority != 0) ? new(expiry, options.Priority) : null;
}
