using System.Diagnostics.CodeAnalysis;

namespace Squelch.Lab;

/// <summary>How a trace is replayed: the settings, and who watches. What watches changes no result.</summary>
public sealed record ReplayOptions : ReplaySettings
{
    /// <summary>Nobody watches.</summary>
    public ReplayOptions()
    {
    }

    /// <summary>These settings, and nobody watches.</summary>
    [SetsRequiredMembers]
    public ReplayOptions(ReplaySettings settings)
        : base(settings)
    {
    }

    /// <summary>True for a <see cref="ReplayResult.Profile"/>.</summary>
    public bool Profile { get; init; }

    /// <summary>Index of a request whose victims shall be explained: <see cref="ReplayResult.Explained"/>.</summary>
    public int? ExplainRequest { get; init; }

    /// <inheritdoc cref="PrefixCacheOptions.Accelerate"/>
    public Func<IVictimSelector, IVictimSelector>? Accelerate { get; init; }

    /// <summary>Told of each request after its commit.</summary>
    public Action<RequestRecord>? OnRequest { get; init; }

    /// <summary>Told of each victim before it goes.</summary>
    public Action<VictimRecord>? OnVictim { get; init; }

    /// <summary>Told of the requests done, now and then.</summary>
    public Action<int>? OnProgress { get; init; }

    /// <summary>Stops the replay between two requests.</summary>
    public CancellationToken Cancellation { get; init; }
}
