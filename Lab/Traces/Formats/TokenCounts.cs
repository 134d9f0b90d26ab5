namespace Squelch.Lab;

/// <summary>Traces that say how many tokens each request has, but not which: Azure's, BurstGPT's and others. What they reuse cannot be known.</summary>
internal static class TokenCounts
{
    private static readonly string[] s_lengths =
    [
        "inputlength", "inputlen", "outputlength", "outputlen", "promptlength", "promptlen", "promptsize", "completionlength", "responselength", "isl", "osl",
    ];

    /// <summary>What a message says to do.</summary>
    public const string Remedy = "Give a trace that tells the tokens, or the hash_ids of their blocks (https://github.com/squelch/squelch/blob/main/docs/formats.md)";

    /// <summary>Those of some names that count tokens; none where only those of outputs do, since the input may be there as text.</summary>
    public static string[] Among(IEnumerable<string> names)
    {
        string[] counts = [.. names.Where(IsOne)];
        return counts.All(name => name.Contains("output", StringComparison.OrdinalIgnoreCase)) ? [] : counts;
    }

    /// <summary>What a message says of such names.</summary>
    public static string Describe(IEnumerable<string> counts) => $"it tells how many tokens a request has ({Names.Listed(counts)}), but not which, so that nobody knows what could be reused";

    private static bool IsOne(string name)
    {
        string plain = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return plain.EndsWith("tokens", StringComparison.Ordinal) || plain is "tokensize" or "numtoken" || s_lengths.Contains(plain);
    }
}
