namespace Squelch.Caching;

/// <summary>The life of an entry goes one way, by atomic steps, so that each change has one owner.</summary>
internal enum EntryState
{
    /// <summary>Its value is being made.</summary>
    Loading,

    /// <summary>It has its value.</summary>
    Ready,

    /// <summary>It left the cache, or its value could not be made.</summary>
    Retired,
}
