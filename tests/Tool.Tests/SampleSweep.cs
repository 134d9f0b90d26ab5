namespace Squelch.Tool.Tests;

/// <summary>Outcomes of one trace with given hits, without replays behind them.</summary>
internal static class SampleSweep
{
    public const long GB = 1_000_000_000;

    public const int Input = 10_000;

    private static readonly PolicyCatalog s_catalog = PolicyAssemblies.Load([]).With(typeof(OwnPolicy).Assembly);

    public static Trace Tokens { get; } = new("chats", 1, [Request(20), Request(30)]);

    public static Trace Bytes { get; } = new("objects", 1, [Request(20), Request(30)]) { Model = ModelShape.Keys };

    public static Trace Keys { get; } = new("objects", 1, [Request(1), Request(1)]) { Model = ModelShape.Keys };

    /// <summary>LRU has 30 %, the best offline rule 40 %, the upper bound 50 %, that of any admission 55 %, an endless cache 50 % of the 60 % that come again; the policy evicted 100 leaves.</summary>
    public static ReplayOutcome Outcome(string policy, int hits, ConfidenceRange? gain = null, long capacity = GB, Trace? trace = null)
    {
        ReplayOutcome sample = SampleOutcome.Of();
        var cell = new ReplayCell(trace ?? Tokens, Settings(policy), capacity);
        return new(cell, sample.Result with { Policy = policy, CapacityBytes = capacity, InputTokens = Input, HitTokens = hits, LeafEvictions = 100, JoinEvictions = 0, PeakBytes = capacity })
        {
            Bounds = new(0.3, 0.4, "wait for the next use", 0.5, 0.55, 0.5, 0.6, 20 * GB),
            GainOverLru = gain,
        };
    }

    /// <summary>Everything fitted.</summary>
    public static ReplayOutcome WithoutVictims(this ReplayOutcome outcome, long held)
        => outcome with { Result = outcome.Result with { LeafEvictions = 0, PeakBytes = held } };

    private static PolicySettings Settings(string policy) => s_settings.TryGetValue(policy, out PolicySettings? known) ? known : s_settings[policy] = PolicySettings.Of(s_catalog.Find(policy));

    private static readonly Dictionary<string, PolicySettings> s_settings = [];

    private static Request Request(int tokens) => new() { Pages = new int[tokens], InputPages = tokens, InputTokens = tokens };
}
