namespace Squelch.Lab;

/// <summary>What a generated trace is like.</summary>
public sealed record TraceRecipe
{
    /// <summary>What the sessions do.</summary>
    public TraceFamily Family { get; init; } = TraceFamily.Chat;

    /// <summary>Sessions, up to a million and more: only those under way are held in memory.</summary>
    public int Sessions { get; init; } = 100;

    /// <summary>When they begin and go on; its seed is that of their contents, too.</summary>
    public SessionTimes Times { get; init; } = new();
}
