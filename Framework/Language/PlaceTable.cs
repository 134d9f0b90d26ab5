namespace Squelch;

/// <summary>
/// What a <c>[Checkpoint]</c> formula may read of a place where a checkpoint could stand, declared once, as the features of nodes are. Besides these it reads hints of
/// the request (the rows of <see cref="FeatureTable"/> whose source is <see cref="FeatureSource.Hint"/>), tunables and policy states.
/// </summary>
internal static class PlaceTable
{
    private const double MaxTicks = 9007199254740991;
    private const double MaxTokens = int.MaxValue;
    private const double MaxBytes = 1L << 50;
    private const double MaxFlops = 1e22;
    private const string HintValue = "access.Hints.";

    private static readonly FeatureRow[] s_all =
    [
        new("position", "Tokens", 1, MaxTokens, "sequenceTokens", true, FeatureSource.Checkpoint, "Position", "tokens from the root to the place"),
        new("fromLastCheckpoint", "Tokens", 1, MaxTokens, "position", true, FeatureSource.Checkpoint, "FromLastCheckpoint", "tokens from the nearest checkpoint above, one that is held or chosen already, to the place; position where there is none"),
        new("toBranch", "Tokens", -MaxTokens, double.PositiveInfinity, null, true, FeatureSource.Checkpoint, "ToBranch", "tokens from the place to the branch point: 0 at it, negative behind it, infinity where there is none"),
        new("toEnd", "Tokens", 0, MaxTokens, "sequenceTokens", true, FeatureSource.Checkpoint, "ToEnd", "tokens from the place to the end of the sequence"),
        new("inputTokens", "Tokens", 0, MaxTokens, null, true, FeatureSource.Checkpoint, "InputTokens", "tokens of the request's input"),
        new("sequenceTokens", "Tokens", 1, MaxTokens, null, true, FeatureSource.Checkpoint, "SequenceTokens", "tokens of the sequence that is kept: input and output"),
        new("branchLag", "Tokens", 0, double.PositiveInfinity, null, true, FeatureSource.Checkpoint, "BranchLag", "how many tokens before its end former sequences were left: the median of the last 64; infinity until one was"),
        new("toLag", "Tokens", -MaxTokens, double.PositiveInfinity, null, true, FeatureSource.Checkpoint, "ToLag", "tokens from the place to where this sequence would be left by branchLag: 0 at it, negative behind it, infinity where there is no such place"),
        new("flopsSaved", "Flops", 0, MaxFlops, null, false, FeatureSource.Checkpoint, "FlopsSaved", "prefill FLOPs of the tokens of fromLastCheckpoint"),
        new("checkpointBytes", "Bytes", 0, MaxBytes, null, true, FeatureSource.Checkpoint, "CheckpointBytes", "bytes of a checkpoint of the model"),
        new("kvBytes", "Bytes", 0, MaxBytes, null, true, FeatureSource.Checkpoint, "KvBytes", "KV bytes of the tokens of fromLastCheckpoint"),
        new("now", "Ticks", 0, MaxTicks, null, false, FeatureSource.Checkpoint, "Now", "the time of the request"),
    ];

    /// <summary>Of a place alone, hints left out, in the order of the documentation.</summary>
    public static IReadOnlyList<FeatureRow> All => s_all;

    /// <summary>All names that such a formula may read, hints included.</summary>
    public static IEnumerable<string> Names => s_all.Select(row => row.Name).Concat(FeatureTable.All.Where(row => row.Source == FeatureSource.Hint).Select(row => row.Name));

    public static bool Has(string name) => s_all.Any(row => row.Name == name) || (FeatureTable.Has(name) && FeatureTable.Of(name).Source == FeatureSource.Hint);

    /// <summary>A name that means a place and nothing of a node.</summary>
    public static bool IsOfPlaceAlone(string name) => Has(name) && !FeatureTable.Has(name);

    /// <summary>The row of a name of a place.</summary>
    public static FeatureRow Of(string name) => s_all.First(row => row.Name == name);

    /// <summary>C# for the value of a name, as a member of <c>CheckpointPlace</c>.</summary>
    public static string ValueOf(string name)
        => s_all.FirstOrDefault(row => row.Name == name) is { } row ? row.Value : "Hints." + FeatureTable.Of(name).Value.Substring(HintValue.Length);
}
