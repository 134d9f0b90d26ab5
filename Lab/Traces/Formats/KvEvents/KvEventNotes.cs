using System.Globalization;

namespace Squelch.Lab;

/// <summary>Says what of a log of KV events is not in its trace, and what the engine's removals tell.</summary>
internal static class KvEventNotes
{
    private const int MostListed = 8;

    /// <summary>The sentences.</summary>
    /// <param name="log">All of the log.</param>
    /// <param name="chosen">The group that was read.</param>
    /// <param name="blockTokens">Tokens of a block.</param>
    /// <param name="isWhole">True where all caches were read.</param>
    public static IEnumerable<string> Of(KvEventLog log, KvChains chosen, int blockTokens, bool isWhole)
    {
        yield return "Events tell what an engine stored. A request that found all its blocks in the engine's cache stored none, and is not here.";
        if (log.Caches.Count > 1)
        {
            yield return isWhole
                ? $"The log is of {log.Caches.Count} caches (data-parallel ranks or workers): {List(log.Caches)}. Their requests are replayed in one cache, as if one engine had served them all; `squelch trace convert --rank {log.Caches.Min}` takes those of one."
                : $"The log is of {log.Caches.Count} caches (data-parallel ranks or workers); the others are left out.";
        }

        if (log.Copies.Values.Sum() is > 0 and var copies)
        {
            yield return $"{Count(copies, "copy of a block in another tier is", "copies of blocks in other tiers are")} left out: {Counted(log.Copies)}.";
        }

        if (log.Groups.Where(group => group != chosen).Sum(group => (long)group.Tally.Stores) is > 0 and var stores)
        {
            yield return $"The model is hybrid: {chosen.Group} is read; {Count(stores, "store", "stores")} of other groups left out.";
        }

        if (log.Others.Count > 0)
        {
            yield return $"Events of other kinds are left out: {Counted(log.Others)}.";
        }

        if (chosen.BlockTokens == 0)
        {
            yield return chosen.MostTokens > 0
                ? $"The log does not name the size of blocks: {blockTokens} tokens, the most that one holds, are taken. \"block_size\" in a record that stores blocks says another."
                : $"The log tells neither the size of blocks nor their tokens: {blockTokens} tokens per block are assumed. \"block_size\" in a record that stores blocks says another.";
        }

        foreach (string note in log.Clock.Notes().Concat(OfChains(chosen, blockTokens)))
        {
            yield return note;
        }
    }

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string one, string many) => count == 1 ? $"1 {one}" : string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many}");

    /// <summary>Names with their counts.</summary>
    public static string Counted(IReadOnlyDictionary<string, long> counts) => List(counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} ({count.Value:N0})")));

    /// <summary>The first of some names.</summary>
    public static string List(IEnumerable<string> names)
    {
        string[] first = [.. names.Take(MostListed + 1)];
        return string.Join(", ", first.Take(MostListed)) + (first.Length > MostListed ? ", .." : "");
    }

    private static IEnumerable<string> OfChains(KvChains chosen, int blockTokens)
    {
        KvTally tally = chosen.Tally;
        if (tally.Again > 0)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The engine stored {Count(tally.Again, "block", "blocks")} ({tally.Again * blockTokens:N0} tokens, {100.0 * tally.Again / tally.Blocks:0.0} % of what it stored) again after it had removed them: so much its own eviction lost.");
        }

        if (tally.GoOn > 0)
        {
            yield return $"{Count(tally.GoOn, "request goes", "requests go")} on where another ended less than 10 seconds before. These may be answers that grew while other requests stored blocks; each counts as a request that finds what was there.";
        }

        (int unknown, int partial) = (0, 0);
        foreach (KvChains.Node node in chosen.Nodes)
        {
            unknown += node.IsStored ? 0 : 1;
            partial += node.Parent != KvChains.Node.Root && chosen.Content(chosen.Nodes[node.Parent].Page).Tokens is > 0 and var tokens && tokens < blockTokens ? 1 : 0;
        }

        if (unknown > 0)
        {
            yield return $"{Count(unknown, "block that others hang from was", "blocks that others hang from were")} never stored in the log, as where it begins in the middle: each counts as one block, and what it hangs from is not known.";
        }

        if (partial > 0)
        {
            yield return $"{Count(partial, "block hangs", "blocks hang")} from one that is not full, which counts as full there.";
        }

        if (tally.Moved > 0)
        {
            yield return $"{Count(tally.Moved, "block was", "blocks were")} stored behind another block than before: the first place counts.";
        }
    }
}
