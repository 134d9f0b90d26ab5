using System.Globalization;

namespace Squelch.Lab;

/// <summary>One way to choose victims with the future in hand.</summary>
/// <param name="IsPerByte">True for tokens that are saved per byte and request of waiting; false for the wait alone.</param>
/// <param name="Uses">Next uses that count.</param>
/// <param name="Candidates">Which nodes go.</param>
/// <param name="SeesSplits">True to count what a node gives when a request parts inside its edge.</param>
/// <param name="Shake">Scores are multiplied by up to exp(Shake) or divided by it, by chance: other orders of nearly equal victims.</param>
/// <param name="Draw">Which chance.</param>
internal sealed record OfflineRule(bool IsPerByte, int Uses, Candidates Candidates, bool SeesSplits = true, double Shake = 0, int Draw = 0)
{
    private const int AllUses = 1000;
    private const int Draws = 8;

    /// <summary>True where the order of nodes does not change while nothing happens to them.</summary>
    public bool IsTimeless => !IsPerByte && Uses == 1 && Shake == 0;

    /// <summary>What it goes by, in words.</summary>
    public string Name
    {
        get
        {
            string uses = Uses switch { 1 => "the next use", AllUses => "all uses", _ => string.Create(CultureInfo.InvariantCulture, $"the next {Uses} uses") };
            string what = IsPerByte ? $"saved per byte and wait for {uses}" : $"wait for {uses}";
            string shaken = Shake == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", shaken by {Shake} ({Draw + 1})");
            return $"{what}{(SeesSplits ? "" : ", blind to splits")}{(Candidates == Candidates.Leaves ? ", leaves alone" : "")}{shaken}";
        }
    }

    /// <summary>The rules to try; the first is the cheapest.</summary>
    /// <param name="model">Where it has no checkpoints, nothing is freed by joining nodes, so leaves alone go.</param>
    /// <param name="candidates">Which nodes may go at most.</param>
    /// <param name="hasSplits">False where edges are whole blocks.</param>
    public static IEnumerable<OfflineRule> Family(ModelShape model, Candidates candidates, bool hasSplits)
    {
        Candidates[] both = model.CheckpointBytes == 0 || candidates == Candidates.Leaves ? [Candidates.Leaves] : [Candidates.AtMostOneChild, Candidates.Leaves];
        OfflineRule[] plain =
        [
            .. from nodes in both from uses in (int[])[1, 2, AllUses] from perByte in (bool[])[false, true] select new OfflineRule(perByte, uses, nodes),
            .. from nodes in hasSplits ? both : [] from perByte in (bool[])[false, true] select new OfflineRule(perByte, 1, nodes, SeesSplits: false),
        ];
        return
        [
            .. plain,
            .. from shake in (double[])[0.1, 0.3, 3] from nodes in both from draw in Enumerable.Range(0, Draws) select new OfflineRule(true, 1, nodes, Shake: shake, Draw: draw),
        ];
    }
}
