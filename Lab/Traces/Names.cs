namespace Squelch.Lab;

/// <summary>Names out of files, for messages: however many and long they are, a message stays one that can be read.</summary>
public static class Names
{
    private const int Longest = 40;

    /// <summary>The first names, cut where they are long; <c>no property</c> where there is none.</summary>
    /// <param name="names">The names.</param>
    /// <param name="most">How many.</param>
    /// <param name="separator">What stands between them.</param>
    public static string Listed(IEnumerable<string> names, int most = 12, string separator = ", ")
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] first = [.. names.Take(most + 1)];
        return first.Length == 0 ? "no property" : string.Join(separator, first.Take(most).Select(Cut)) + (first.Length > most ? $"{separator}.." : "");
    }

    /// <summary>One name, cut where it is long.</summary>
    internal static string Cut(string name) => name.Length <= Longest ? name : name[..Longest] + "..";
}
