namespace Squelch.Tool;

/// <summary>One conversation as a session: each answer is a request whose input is all that was said before it.</summary>
internal sealed class ConversationSession : IScriptedSession
{
    private readonly int[] _tokens;
    private readonly List<(int Input, int End)> _turns;
    private int _turn;

    /// <param name="number">Its number.</param>
    /// <param name="tokens">All that is said.</param>
    /// <param name="turns">Where each answer begins and ends.</param>
    public ConversationSession(int number, int[] tokens, List<(int Input, int End)> turns)
    {
        Number = number;
        _tokens = tokens;
        _turns = turns;
    }

    public int Number { get; }

    public bool IsOver => _turn == _turns.Count;

    public Request Next(double time)
    {
        (int input, int end) = _turns[_turn++];
        return new() { Pages = _tokens.AsMemory(0, end), InputPages = input, InputTokens = input, OutputTokens = end - input, Time = time, Session = Number };
    }
}
