namespace Squelch.Tool;

/// <summary>One who speaks, and what is said.</summary>
/// <param name="Role">One of <see cref="Roles"/>, or an unknown one's name.</param>
/// <param name="Pieces">Texts, and calls of tools as text.</param>
/// <param name="Time">Seconds since 1970, or null where the file does not tell.</param>
internal sealed record Turn(string Role, List<string> Pieces, double? Time)
{
    public bool IsAnswer => Role == Roles.Assistant;

    /// <summary>What becomes tokens.</summary>
    public string Text => $"{Role}: {string.Join('\n', Pieces)}\n";
}

/// <summary>A conversation, in whatever notation it was written.</summary>
internal sealed class Chat
{
    private readonly List<Turn> _turns = [];

    public IReadOnlyList<Turn> Turns => _turns;

    /// <summary>Adds what is said. Answers with no input between them are one: an engine generates them in one go.</summary>
    /// <returns>The turn that now holds it.</returns>
    public Turn Say(string role, IEnumerable<string> pieces, double? time = null)
    {
        if (role != Roles.Assistant || _turns.Count == 0 || !_turns[^1].IsAnswer)
        {
            _turns.Add(new(role, [], time));
        }

        _turns[^1].Pieces.AddRange(pieces);
        return _turns[^1];
    }
}
