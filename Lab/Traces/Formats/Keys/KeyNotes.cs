using System.Globalization;

namespace Squelch.Lab;

/// <summary>What a user has to know of how a key trace was read.</summary>
internal static class KeyNotes
{
    /// <summary>A trace of so few keys may be no trace at all.</summary>
    private const int Few = 10;

    /// <summary>All that there is to tell, a sentence each.</summary>
    public static IEnumerable<string> Of(Trace trace, KeyLayout layout, KeyLines keys)
    {
        int different = trace.Requests.Select(request => request.Pages.Span[0]).Distinct().Count();
        if (layout.Names.Count == 0 && (different == 1 || (different == trace.Requests.Count && different <= Few && layout.Size.Length == 0 && layout.Time < 0)))
        {
            yield return $"Read as keys, one a line: {(trace.Requests.Count == 1 ? "a single request" : $"{Count(trace.Requests.Count)} requests, {(different == 1 ? "all for one key" : "each for another key")}")}. If the file is something else, https://github.com/squelch/squelch/blob/main/docs/formats.md says what is read.";
        }

        (string Operation, long Lines)[] left = [.. keys.LeftOut];
        if (left.Length > 0)
        {
            yield return $"Left out what is no lookup: {string.Join(", ", left.Select(other => $"{Count(other.Lines)} {other.Operation}"))}.";
        }

        if (keys.WithoutSize > 0)
        {
            yield return $"{Count(keys.WithoutSize)} lines have no size and count as 1 byte.";
        }

        if (keys.Comments > 0)
        {
            yield return $"{Count(keys.Comments)} lines between the requests begin with # or are a *, and are left out as comments; put such keys into quotation marks.";
        }

        if (layout.Cost >= 0)
        {
            yield return $"The cost of a miss is column {(layout.Cost < layout.Names.Count ? layout.Names[layout.Cost] : Count(layout.Cost))}.";
        }

        if (keys.WithoutCost > 0)
        {
            yield return $"{Count(keys.WithoutCost)} lines have no cost and count as 1.";
        }

        if (layout.Size.Length == 0 && layout.Names.FirstOrDefault(KeyHeader.SoundsLikeSize) is { } size && !layout.Key.Contains(layout.Names.ToList().IndexOf(size)))
        {
            yield return $"Column {size} is not known to be a size in bytes, so that every key counts as 1; if it is, say so: --columns {layout.AsOption()},size={size}{KeyHeader.SizeUnitOf(size)}.";
        }

        if (layout.Instead.Length > 0 && different == trace.Requests.Count)
        {
            yield return $"No key comes twice, read as {layout.AsOption()}; other columns do: maybe they are --columns {layout.Instead}.";
        }
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
