using System.Globalization;

namespace Squelch.Lab;

/// <summary>How the partial last blocks of a trace were read, and what is known of them.</summary>
/// <param name="Taken"><see cref="PartialBlocks.Keep"/> or <see cref="PartialBlocks.Drop"/>.</param>
/// <param name="IsAsked">True where the caller asked for it; false where the trace decided.</param>
/// <param name="Count">Requests whose last block is partial.</param>
/// <param name="Named">Those of them that have an id for it.</param>
/// <param name="Again">Those of them whose id another request has, too.</param>
public sealed record PartialBlockReading(PartialBlocks Taken, bool IsAsked, int Count, int Named, int Again)
{
    /// <summary>The reading of a trace whose blocks are counted.</summary>
    internal static PartialBlockReading Decide(PartialBlocks asked, int count, int named, int again)
    {
        PartialBlocks found = again * 2 < count ? PartialBlocks.Drop : PartialBlocks.Keep;
        return new(asked == PartialBlocks.Auto ? found : asked, asked != PartialBlocks.Auto, count, named, again);
    }

    /// <summary>What was done and why, in a sentence; empty where no block is partial.</summary>
    public override string ToString()
    {
        if (Count == 0)
        {
            return "";
        }

        string seen = string.Create(CultureInfo.InvariantCulture, $"The last block of {Count:N0} {(Count == 1 ? "prompt" : "prompts")} is partial; {Recurrence()}.");
        string done = Taken == PartialBlocks.Drop ? "Reuse and checkpoints end at the last full block" : "Partial blocks are reused as full ones are";
        return $"{seen} {done}{(IsAsked ? ", as asked" : "")}; --partial-blocks {(Taken == PartialBlocks.Drop ? "keep" : "drop")} reads it the other way.";
    }

    private string Recurrence()
        => Named == 0 ? "the trace gives no ids for these, so none comes again"
            : string.Create(CultureInfo.InvariantCulture, $"{(Again == 0 ? "none" : $"{Again:N0}")} of these {(Again == 1 ? "comes" : "come")} again ({(double)Again / Count * 100:0.0} %)");
}
