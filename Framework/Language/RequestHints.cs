namespace Squelch;

/// <summary>
/// What an engine may say about a request: features of the same names, and what fetching a key costs. What is not given says nothing, in <c>default</c> too.
/// </summary>
public readonly record struct RequestHints
{
    // A default struct is all zeros, so what a hint is without being given has to be stored as zero.
    private static readonly long s_never = BitConverter.DoubleToInt64Bits(double.PositiveInfinity);
    private static readonly long s_untold = BitConverter.DoubleToInt64Bits(double.NaN);

    private static readonly FeatureRow s_priority = FeatureTable.Of("priority");
    private static readonly FeatureRow s_expires = FeatureTable.Of("expires");
    private static readonly FeatureRow s_nextUse = FeatureTable.Of("nextUse");
    private static readonly FeatureRow s_turn = FeatureTable.Of("turn");
    private static readonly FeatureRow s_sessionGap = FeatureTable.Of("sessionGap");
    private static readonly FeatureRow s_sessionGapSpread = FeatureTable.Of("sessionGapSpread");
    private static readonly FeatureRow s_category = FeatureTable.Of("category");
    private static readonly FeatureRow s_pathFlops = FeatureTable.Of("pathFlops");

    private readonly long _expires;
    private readonly long _nextUse;
    private readonly long _sessionGap;
    private readonly long _sessionGapSpread;
    private readonly double _earlierTurns;
    private readonly long _cost;

    /// <summary>Hints of a request.</summary>
    /// <param name="Priority">Feature <c>priority</c>.</param>
    /// <param name="Expires">Feature <c>expires</c>, on the cache's clock.</param>
    /// <param name="NextUse">Feature <c>nextUse</c>, on the cache's clock.</param>
    /// <param name="Turn">Feature <c>turn</c>, from 1.</param>
    /// <param name="SessionGap">Feature <c>sessionGap</c>, in ticks of the cache's clock.</param>
    /// <param name="Category">Feature <c>category</c>.</param>
    /// <param name="Cost">What fetching the key costs, in any unit; not a number where that is not known.</param>
    /// <param name="Session">The session, by a number of the engine's own; 0 for none.</param>
    /// <param name="SessionGapSpread">Feature <c>sessionGapSpread</c>, in ticks of the cache's clock.</param>
    public RequestHints(
        double Priority = 0,
        double Expires = double.PositiveInfinity,
        double NextUse = double.PositiveInfinity,
        double Turn = 1,
        double SessionGap = double.PositiveInfinity,
        double Category = 0,
        double Cost = double.NaN,
        long Session = 0,
        double SessionGapSpread = double.PositiveInfinity)
    {
        this.Priority = Priority;
        this.Expires = Expires;
        this.NextUse = NextUse;
        this.Turn = Turn;
        this.SessionGap = SessionGap;
        this.Category = Category;
        this.Cost = Cost;
        this.Session = Session;
        this.SessionGapSpread = SessionGapSpread;
    }

    /// <summary>Feature <c>priority</c>.</summary>
    public double Priority { get; init; }

    /// <summary>Feature <c>expires</c>, on the cache's clock.</summary>
    public double Expires
    {
        get => OrNever(_expires);
        init => _expires = BitConverter.DoubleToInt64Bits(value) ^ s_never;
    }

    /// <summary>Feature <c>nextUse</c>, on the cache's clock.</summary>
    public double NextUse
    {
        get => OrNever(_nextUse);
        init => _nextUse = BitConverter.DoubleToInt64Bits(value) ^ s_never;
    }

    /// <summary>Feature <c>turn</c>, from 1.</summary>
    public double Turn
    {
        get => _earlierTurns + 1;
        init => _earlierTurns = value - 1;
    }

    /// <summary>Feature <c>sessionGap</c>, in ticks of the cache's clock.</summary>
    public double SessionGap
    {
        get => OrNever(_sessionGap);
        init => _sessionGap = BitConverter.DoubleToInt64Bits(value) ^ s_never;
    }

    /// <summary>Feature <c>sessionGapSpread</c>, in ticks of the cache's clock.</summary>
    public double SessionGapSpread
    {
        get => OrNever(_sessionGapSpread);
        init => _sessionGapSpread = BitConverter.DoubleToInt64Bits(value) ^ s_never;
    }

    /// <summary>The session, by any number of the engine's own that is the same for its requests alone; 0 for none. Feature <c>sessions</c> counts them.</summary>
    public long Session { get; init; }

    /// <summary>Feature <c>category</c>.</summary>
    public double Category { get; init; }

    /// <summary>
    /// What fetching the key costs, in any unit: features <c>cost</c>, <c>flopsSaved</c> and <c>pathFlops</c> in place of the model's FLOPs, until the key
    /// comes with another cost. Not a number where it is not known. For keys alone: requests of one page under <see cref="ModelShape.Keys"/>.
    /// </summary>
    public double Cost
    {
        get => BitConverter.Int64BitsToDouble(_cost ^ s_untold);
        init => _cost = double.IsNaN(value) ? 0 : BitConverter.DoubleToInt64Bits(value) ^ s_untold;
    }

    /// <summary>True where the cost is known.</summary>
    internal bool HasCost => _cost != 0;

    /// <summary>Refuses a hint that its feature cannot be: what is proven of formulas holds in the range of their features.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is; not a number, too.</exception>
    public void Check()
    {
        if (this == default)
        {
            return;
        }

        Check(s_priority, Priority);
        Check(s_expires, Expires);
        Check(s_nextUse, NextUse);
        Check(s_turn, Turn);
        Check(s_sessionGap, SessionGap);
        Check(s_sessionGapSpread, SessionGapSpread);
        Check(s_category, Category);
        CheckCost(Cost);
    }

    /// <summary>Refuses a cost that FLOPs cannot be.</summary>
    internal static void CheckCost(double cost)
    {
        if (!double.IsNaN(cost) && !(cost >= s_pathFlops.Low && cost <= s_pathFlops.High))
        {
            throw new ArgumentOutOfRangeException(nameof(cost), cost, $"A cost lies between {s_pathFlops.Low} and {s_pathFlops.High}.");
        }
    }

    private static void Check(FeatureRow feature, double value)
    {
        if (!(value >= feature.Low && value <= feature.High))
        {
            throw new ArgumentOutOfRangeException("hints", value, $"The hint '{feature.Name}' lies between {feature.Low} and {feature.High}.");
        }
    }

    private static double OrNever(long bits) => BitConverter.Int64BitsToDouble(bits ^ s_never);
}
