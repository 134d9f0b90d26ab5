using Squelch.Tests.Reference;

namespace Squelch.Tests.Caching.Model;

/// <summary>What a score is made of in the sweep.</summary>
internal readonly record struct Scored(long LastAccess, long Hits, long Created, long Bytes);

/// <summary>One combination of admission, candidates, touch, page, alignment and interval, with an order of victims, a choice of checkpoints, and what a leaf gives up.</summary>
internal sealed record PlainSetting(
    Checkpoints Checkpoints, int Every, int Align, Candidates Candidates, Touch Touch, int PageTokens, bool IsHybrid, string Order, int Budget, int Trim, int LeastSaving, string Chooses)
{
    /// <summary>A page that is not full says by its letter how many tokens it has.</summary>
    public const char Partial = 'A';

    private static readonly ModelShape s_hybrid = ModelShape.Paper("hybrid", recurrent: 1, attention: 1, mlp: 0, hidden: 4, state: 2);
    private static readonly ModelShape s_attention = ModelShape.Paper("attention", recurrent: 0, attention: 1, mlp: 0, hidden: 4, state: 2);

    private static readonly Dictionary<string, Func<Scored, double>> s_orders = new()
    {
        ["recent"] = static of => of.LastAccess,
        ["often"] = static of => of.Hits,
        ["large"] = static of => -of.Bytes,
        ["any"] = static of => HashMix.Finish((ulong)of.Created) >> 40,
    };

    public ModelShape Model => IsHybrid ? s_hybrid : s_attention;

    public Func<Scored, double> Score => s_orders[Order];

    public long Capacity => (Budget * Model.CheckpointBytes) + Model.KvBytes(((Math.Max(2, Unit) * Budget) + 4) * PageTokens);

    /// <summary>Pages at whose multiples something can happen.</summary>
    public int Unit => Math.Max(AlignPages, Math.Max(IntervalPages, FirstPages));

    /// <summary>Chooses among the places of checkpoints; null where all are kept.</summary>
    public PlaceFormula? Formula => PlaceFormula.Of(Chooses);

    /// <summary>Checkpoints stand where a page ends and the alignment has a multiple.</summary>
    public int AlignPages => Enumerable.Range(1, Align).First(pages => pages * PageTokens % Align == 0);

    /// <summary>Pages from one interval's checkpoint to the next; 0 without them.</summary>
    public int IntervalPages => Checkpoints.HasFlag(Checkpoints.Interval) ? EveryPages : 0;

    /// <summary>Pages up to the first logarithmic checkpoint; 0 without them.</summary>
    public int FirstPages => Checkpoints.HasFlag(Checkpoints.Logarithmic) ? EveryPages : 0;

    /// <summary>Pages of a block where blocks are kept whole; else 0.</summary>
    public int BlockPages => Checkpoints == Checkpoints.Interval ? IntervalPages : 0;

    public bool KeepsBeginnings => Trim > 0;

    /// <summary>Pages, whole blocks where there are any, that a leaf gives up at a time.</summary>
    public int TrimPages => Math.Max(1, Trim / PageTokens / Math.Max(1, BlockPages)) * Math.Max(1, BlockPages);

    private int EveryPages => Math.Max(AlignPages, Every / PageTokens / AlignPages * AlignPages);

    /// <summary>Every combination; the order of victims, the budget, the least saving, the choice of checkpoints and what a leaf gives up are drawn for each.</summary>
    public static IEnumerable<PlainSetting> All()
    {
        var random = new Random(1);
        var trims = new Random(2);
        foreach (int pageTokens in (int[])[1, 4])
        {
            foreach (int align in pageTokens == 1 ? (int[])[1, 2, 3] : [1, 2, 4, 6, 8])
            {
                foreach (int every in (int[])[align, 2 * align, 3 * pageTokens * align])
                {
                    foreach ((Checkpoints checkpoints, Candidates candidates, Touch touch, bool hybrid) in Declarations())
                    {
                        yield return new(checkpoints, every, align, candidates, touch, pageTokens, hybrid, s_orders.Keys.ElementAt(random.Next(s_orders.Count)), Budget: random.Next(1, 6),
                            Trim: trims.Next(2) == 0 ? 0 : 1 + trims.Next(3 * pageTokens),
                            LeastSaving: random.Next(3) == 0 ? random.Next(1, 4 * pageTokens) : 0,
                            Chooses: random.Next(2) == 0 ? "" : PlaceFormula.Names[random.Next(PlaceFormula.Names.Length)]);
                    }
                }
            }
        }
    }

    public PrefixCache Create(Action<VictimRecord> onVictim, Func<IVictimSelector, NodeTable, IVictimSelector>? wrap = null)
    {
        var descriptor = new PolicyDescriptor
        {
            Name = "Swept",
            Plan = new(PlanKind.Custom, []),
            Candidates = Candidates,
            Trim = Trim,
            Touch = Touch,
            Admission = new(Checkpoints, IntervalPages + FirstPages > 0 ? Every : 0, Align) { KeepsBeginnings = KeepsBeginnings, LeastSaving = LeastSaving, Formula = Formula?.Compiled },
        };
        return new(
            descriptor,
            new() { CapacityBytes = Capacity, Model = Model, PageTokens = PageTokens, OnVictim = onVictim },
            (nodes, _) =>
            {
                var selector = new ReferenceSelector(nodes, [], (table, rows, _) => [.. rows.Select(row => Score(new((long)row.LastAccess, (long)row.Hits, table.Creation(row.Id), table.BytesHeld(row.Id))))]);
                return wrap is null ? selector : wrap(selector, nodes);
            });
    }

    public int TokensOf(string path) => path is [.., < 'a'] ? ((path.Length - 1) * PageTokens) + path[^1] - Partial : path.Length * PageTokens;

    private static IEnumerable<(Checkpoints Checkpoints, Candidates Candidates, Touch Touch, bool IsHybrid)> Declarations()
        => from checkpoints in Enumerable.Range(0, 32)
           where ((Checkpoints)checkpoints & (Checkpoints.Interval | Checkpoints.Logarithmic)) != (Checkpoints.Interval | Checkpoints.Logarithmic)
           from candidates in Enum.GetValues<Candidates>()
           from touch in Enum.GetValues<Touch>()
           from hybrid in (bool[])[true, false]
           select ((Checkpoints)checkpoints, candidates, touch, hybrid);
}
