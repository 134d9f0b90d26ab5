namespace Squelch;

/// <summary>
/// Some of a log's newest requests, for a cache that is smaller by the same share (miniature simulation; Waldspurger et al., USENIX ATC 2017). Requests
/// that begin alike are taken or left together, since they are what shares prefixes: turns of a session, as a rule.
/// </summary>
internal sealed class RequestSample
{
    /// <summary>So many beginnings make up for the differences between them.</summary>
    private const int ManyBeginnings = 64;

    /// <summary>With fewer beginnings a sample says little of the rest.</summary>
    private const int FewestBeginnings = 16;

    private const int LongestBeginning = 1 << 12;

    private RequestSample(int[] requests, double share) => (Requests, Share) = (requests, share);

    /// <summary>Indices in the log, in order.</summary>
    public IReadOnlyList<int> Requests { get; }

    /// <summary>The sample's share of the tokens looked up.</summary>
    public double Share { get; }

    /// <summary>A sample of a log.</summary>
    /// <param name="log">The log.</param>
    /// <param name="newest">How many of its newest requests count.</param>
    /// <param name="share">The share that would do; less is never taken.</param>
    public static RequestSample Of(RequestLog log, int newest, double share)
    {
        int[] all = [.. Enumerable.Range(Math.Max(0, log.Count - newest), Math.Min(log.Count, newest))];
        if (share >= 1 || all.Length == 0)
        {
            return new(all, 1);
        }

        ulong[] beginnings = Beginnings(log, all, out int distinct);
        share = Math.Max(share, (double)FewestBeginnings / distinct);
        int[] taken = [.. all.Where((_, i) => Uniform(beginnings[i]) < share)];
        return share >= 1 ? new(all, 1) : new(taken, (double)Tokens(log, taken) / Tokens(log, all));
    }

    private static long Tokens(RequestLog log, int[] requests) => requests.Sum(index => (long)log[index].InputTokens);

    /// <summary>A name per request, alike where the shortest beginning that tells enough of them apart is alike.</summary>
    private static ulong[] Beginnings(RequestLog log, int[] requests, out int distinct)
    {
        ulong[] best = [];
        distinct = 0;
        for (int pages = 1; pages <= LongestBeginning && distinct < ManyBeginnings; pages *= 4)
        {
            ulong[] names = [.. requests.Select(index => HashMix.Of(log.PagesOf(index)[..Math.Min(pages, log[index].InputPages)]))];
            int count = names.Distinct().Count();
            if (count > distinct)
            {
                (best, distinct) = (names, count);
            }
        }

        return best;
    }

    private static double Uniform(ulong name) => (name >> 11) * (1.0 / (1UL << 53));
}
