namespace Squelch.Tool;

/// <summary>How much of everything a study does.</summary>
internal sealed record StudyScale
{
    /// <summary>All of it.</summary>
    public static StudyScale Full { get; } = new()
    {
        Seeds = 5,
        Sessions = 100,
        Alphas = [0, 0.1, 0.2, 0.5, 1, 2],
        Shares = [0.02, 0.05, 0.1, 0.2, 0.4],
        Rates = [0.5, 1, 2],
        MoreShares = [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8],
        MoreRates = [0.25, 0.5, 1, 2, 4, 8],
        Thinks = [0.5, 2 / 3.0, 1, 4 / 3.0, 2],
        Mixes = LayerMix.Mixes,
        States = LayerMix.States,
    };

    /// <summary>A taste, for tests and for those who wait.</summary>
    public static StudyScale Quick { get; } = new()
    {
        Seeds = 3,
        Sessions = 30,
        Alphas = [0, 1],
        Shares = [0.05, 0.2],
        Rates = [1],
        MoreShares = [0.02, 0.1, 0.4],
        MoreRates = [0.5, 2],
        Thinks = [0.5, 2],
        Mixes = [LayerMix.Mixes[0], LayerMix.Mixes[3], LayerMix.Mixes[^1]],
        States = [LayerMix.States[0], LayerMix.States[^1]],
    };

    /// <summary>Traces per generated shape.</summary>
    public required int Seeds { get; init; }

    /// <summary>Traces that are made from seeds.</summary>
    public int GeneratedTraces => Seeds * StudyGroup.All.Count(group => group.AreSeeds);

    /// <summary>Sessions of a generated trace.</summary>
    public required int Sessions { get; init; }

    /// <summary>Fixed alphas, the best of which is what a tuner can reach.</summary>
    public required IReadOnlyList<double> Alphas { get; init; }

    /// <summary>Capacities of the configurations, as shares of what a trace fills with endless room.</summary>
    public required IReadOnlyList<double> Shares { get; init; }

    /// <summary>Arrival rates of the configurations, as multiples of the trace's own.</summary>
    public required IReadOnlyList<double> Rates { get; init; }

    /// <summary>Capacities of the figure about contention.</summary>
    public required IReadOnlyList<double> MoreShares { get; init; }

    /// <summary>Rates of the figure about arrivals.</summary>
    public required IReadOnlyList<double> MoreRates { get; init; }

    /// <summary>Think times, as multiples of the trace's own.</summary>
    public required IReadOnlyList<double> Thinks { get; init; }

    /// <summary>Models from many recurrent layers to none.</summary>
    public required IReadOnlyList<LayerMix> Mixes { get; init; }

    /// <summary>Models from large states to small ones.</summary>
    public required IReadOnlyList<LayerMix> States { get; init; }

    /// <summary>All configurations of figures 7 to 10.</summary>
    public IReadOnlyList<StudyPoint> Configurations => [.. Shares.SelectMany(share => Rates.Select(rate => new StudyPoint(share) { Rate = rate }))];
}
