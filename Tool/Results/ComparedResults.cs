namespace Squelch.Tool;

/// <summary>Two files of results, joined by trace, policy, model and capacity.</summary>
internal sealed class ComparedResults
{
    /// <param name="before">The first file's.</param>
    /// <param name="after">The second's.</param>
    public ComparedResults(IReadOnlyList<SavedResult> before, IReadOnlyList<SavedResult> after)
    {
        var known = before.ToDictionary(result => result.Key);
        Both = [.. after.Where(result => known.ContainsKey(result.Key)).Select(result => (known[result.Key], result)).OrderByDescending(pair => Math.Abs(pair.result.TokenHitRate - pair.Item1.TokenHitRate))];
        OnlyBefore = [.. known.Keys.Except(after.Select(result => result.Key))];
        OnlyAfter = [.. after.Select(result => result.Key).Where(key => !known.ContainsKey(key))];
    }

    /// <summary>Replays that both hold, the greatest change of token hit rate first.</summary>
    public IReadOnlyList<(SavedResult Before, SavedResult After)> Both { get; }

    /// <summary>Replays of the first file alone.</summary>
    public IReadOnlyList<ResultKey> OnlyBefore { get; }

    /// <summary>Replays of the second file alone.</summary>
    public IReadOnlyList<ResultKey> OnlyAfter { get; }

    /// <summary>Traces whose partial last blocks were read in two ways, so that more than policies differs.</summary>
    public IReadOnlyList<string> ReadInTwoWays => [.. Both.Where(pair => pair.Before.PartialBlocks != pair.After.PartialBlocks).Select(pair => pair.After.Key.Trace).Distinct()];

    /// <summary>Replays whose token hit rate is another.</summary>
    public int Changed => Both.Count(pair => pair.Before.TokenHitRate != pair.After.TokenHitRate);
}
