using System.Globalization;

namespace Squelch.Lab;

/// <summary>One way to choose victims with the future in hand.</summary>
/// <param name="IsPerByte">True for tokens that are saved per byte and request of waiting; false for the wait alone.</param>
/// <param name="Uses">Next uses that count.</param>
/// <param name="Candidates">Which nodes go.</param>
/// <param name="SeesSplits">True to count what a node gives when a request parts inside its edge.</param>
/// <param name="Past">Where it goes by the past alone, as online policies do: which of them is best is known afterwards only, and a search may change it.</param>
internal sealed record OfflineRule(bool IsPerByte, int Uses, Candidates Candidates, bool SeesSplits = true, Past Past = Past.No)
{
    private const int AllUses = 1000;

    /// <summary>True where the order of nodes does not change while nothing happens to them.</summary>
    public bool IsTimeless => !IsPerByte && Uses == 1 && Past == Past.No;

    /// <summary>What it goes by, in words.</summary>
    public string Name
    {
        get
        {
            if (Past != Past.No)
            {
                return Past == Past.Frequency ? "saved per byte at the pace of past uses" : "saved per byte and time since the last use";
            }

            string uses = Uses switch { 1 => "the next use", AllUses => "all uses", _ => string.Create(CultureInfo.InvariantCulture, $"the next {Uses} uses") };
            string what = IsPerByte ? $"saved per byte and wait for {uses}" : $"wait for {uses}";
            return $"{what}{(SeesSplits ? "" : ", blind to splits")}{(Candidates == Candidates.Leaves ? ", leaves alone" : "")}";
        }
    }

    /// <summary>The rules to try; the first is the cheapest.</summary>
    /// <param name="model">Where it has no checkpoints, nothing is freed by joining nodes, so leaves alone go.</param>
    /// <param name="candidates">Which nodes may go at most.</param>
    /// <param name="hasSplits">False where edges are whole blocks.</param>
    public static IEnumerable<OfflineRule> Family(ModelShape model, Candidates candidates, bool hasSplits)
    {
        Candidates[] both = model.CheckpointBytes == 0 || candidates == Candidates.Leaves ? [Candidates.Leaves] : [Candidates.AtMostOneChild, Candidates.Leaves];
        return
        [
            .. from nodes in both from uses in (int[])[1, 2, AllUses] from perByte in (bool[])[false, true] select new OfflineRule(perByte, uses, nodes),
            .. from nodes in hasSplits ? both : [] from perByte in (bool[])[false, true] select new OfflineRule(perByte, 1, nodes, SeesSplits: false),
            .. from past in (Past[])[Past.Frequency, Past.Recency] select new OfflineRule(true, 0, candidates, Past: past),
        ];
    }
}

/// <summary>What of the past a rule goes by.</summary>
internal enum Past
{
    /// <summary>Nothing: it goes by the future.</summary>
    No,

    /// <summary>Uses over the time since the node was made, as Hyperbolic.</summary>
    Frequency,

    /// <summary>The time since the last use.</summary>
    Recency,
}
