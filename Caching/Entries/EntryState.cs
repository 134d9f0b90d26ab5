namespace Squelch.Caching;

/// <summary>The life of an entry goes one way, by atomic steps, so that each change has one owner; only between ready and held it may go to and fro.</summary>
internal enum EntryState
{
    /// <summary>Its value is being made.</summary>
    Loading,

    /// <summary>It has its value.</summary>
    Ready,

    /// <summary>It has its value, and one thread alone may change it, or take it out: for its readers it is <see cref="Ready"/>.</summary>
    Held,

    /// <summary>It left the cache, or its value could not be made.</summary>
    Retired,
}
