namespace Squelch.Caching;

/// <summary>What an entry asks of its memory cache, whatever the policy is.</summary>
internal interface IMemoryEntryOwner
{
    /// <summary>The user is done with the entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="outer">The entry during whose making it was made; null where there is none, or none is tracked.</param>
    /// <param name="hasValue">False where it is not to be kept.</param>
    void Close(MemoryEntry entry, MemoryEntry? outer, bool hasValue);

    /// <summary>The entry is over, and leaves where it is still there.</summary>
    void Expire(MemoryEntry entry);

    /// <summary>A callback of the entry threw.</summary>
    void CallbackFailed();
}
