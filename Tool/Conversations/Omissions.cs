using System.Globalization;

namespace Squelch.Tool;

/// <summary>Counts what conversations hold besides what becomes requests, and what had to be guessed, to tell the user.</summary>
internal sealed class Omissions
{
    private readonly SortedDictionary<string, int> _parts = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _roles = new(StringComparer.Ordinal);

    /// <summary>Conversations in which nobody speaks, or only an answer does.</summary>
    public int Silent { get; set; }

    /// <summary>Conversations that end with a prompt.</summary>
    public int Unanswered { get; set; }

    /// <summary>Conversations with descriptions of tools.</summary>
    public int WithTools { get; set; }

    /// <summary>Parts that are thoughts.</summary>
    public int Thoughts { get; set; }

    /// <summary>Answers to a prompt besides the first.</summary>
    public int FurtherAnswers { get; set; }

    /// <summary>Conversations that do not say who speaks.</summary>
    public int Alternating { get; set; }

    /// <summary>Messages that were said again in another way.</summary>
    public int OtherBranches { get; set; }

    /// <summary>Lines of a log that are no messages.</summary>
    public int OtherLines { get; set; }

    /// <summary>Messages of agents that a log mixes into another's conversation.</summary>
    public int Sidechains { get; set; }

    /// <summary>True where messages on lines of their own name no session.</summary>
    public bool Unnamed { get; set; }

    /// <summary>A part of a message that is no text.</summary>
    public void Part(string kind) => Count(_parts, kind);

    /// <summary>A message of an unknown role.</summary>
    public void Role(string name) => Count(_roles, name);

    /// <summary>What to tell, in sentences.</summary>
    public IEnumerable<string> Notes() =>
    [
        .. Note(Unanswered, "conversation ends with a prompt that has no answer: it is a request with 0 output tokens", "conversations end with a prompt that has no answer: they are requests with 0 output tokens"),
        .. Note(Silent, "conversation without a prompt was left out", "conversations without a prompt were left out"),
        .. Note(_parts.Values.Sum(), $"part of a message that is no text was left out ({Listed(_parts)})", $"parts of messages that are no text were left out ({Listed(_parts)})"),
        .. Note(_roles.Values.Sum(), $"message has an unknown role and counts as input ({Listed(_roles)})", $"messages have unknown roles and count as input ({Listed(_roles)})"),
        .. Note(WithTools, "conversation describes its tools; the description was left out", "conversations describe their tools; the descriptions were left out"),
        .. Note(Thoughts, "thought counts as output, and as input of what follows", "thoughts count as output, and as input of what follows"),
        .. Note(FurtherAnswers, "answer besides a prompt's first was left out", "answers besides a prompt's first were left out"),
        .. Note(Sidechains, "message of a side conversation was left out: the log does not tell which", "messages of side conversations were left out: the log does not tell them apart"),
        .. Note(OtherBranches, "message of another branch was left out", "messages of other branches were left out"),
        .. Note(Alternating, "conversation is a list of texts: they were taken as the user's and the assistant's by turns", "conversations are lists of texts: they were taken as the user's and the assistant's by turns"),
        .. Unnamed ? (string[])["Messages that name no session were taken as one conversation."] : [],
        .. Note(OtherLines, "line of the log that is no message was left out", "lines of the log that are no messages were left out"),
    ];

    /// <summary>Names out of files are shown, so they must not steer a terminal.</summary>
    private static void Count(SortedDictionary<string, int> counts, string name)
    {
        string shown = string.Concat(name.Select(letter => char.IsControl(letter) ? '?' : letter));
        counts[shown] = counts.GetValueOrDefault(shown) + 1;
    }

    private static string Listed(SortedDictionary<string, int> counts)
        => string.Join(", ", counts.OrderByDescending(count => count.Value).Take(6).Select(count => string.Create(CultureInfo.InvariantCulture, $"{Names.Listed([count.Key])} {count.Value}"))) + (counts.Count > 6 ? ", .." : "");

    private static string[] Note(int count, string one, string many) => count switch
    {
        0 => [],
        1 => [$"1 {one}."],
        _ => [string.Create(CultureInfo.InvariantCulture, $"{count:N0} {many}.")],
    };
}
