namespace Squelch.Tool;

/// <summary>
/// One conversation as a session: each answer is a request whose input is all that was said before it; a prompt at the end is a request without output.
/// </summary>
internal sealed class ConversationSession : IScriptedSession
{
    private readonly int[] _tokens;
    private readonly List<(int Input, int End, double? Time)> _answers = [];
    private int _answer;

    /// <param name="number">Its number.</param>
    /// <param name="turns">Those of the conversation.</param>
    /// <param name="tokens">What each says.</param>
    public ConversationSession(int number, IReadOnlyList<Turn> turns, int[][] tokens)
    {
        Number = number;
        _tokens = [.. tokens.SelectMany(turn => turn)];
        int begin = 0;
        for (int i = 0; i < turns.Count; i++)
        {
            int end = begin + tokens[i].Length;
            if (turns[i].IsAnswer && i > 0)
            {
                _answers.Add((begin, end, turns[i - 1].Time));
            }
            else if (!turns[i].IsAnswer && i == turns.Count - 1)
            {
                _answers.Add((end, end, turns[i].Time));
                EndsWithPrompt = true;
            }

            begin = end;
        }
    }

    public int Number { get; }

    public bool IsOver => _answer == _answers.Count;

    /// <summary>True where nobody answers the last prompt.</summary>
    public bool EndsWithPrompt { get; }

    /// <summary>True where the file tells when each request came.</summary>
    public bool HasTimes => _answers.TrueForAll(answer => answer.Time is not null);

    public Request Next(double time)
    {
        (int input, int end, _) = _answers[_answer++];
        return new() { Pages = _tokens.AsMemory(0, end), InputPages = input, InputTokens = input, OutputTokens = end - input, Time = time, Session = Number };
    }

    /// <summary>All requests, each when it came, in seconds from a beginning.</summary>
    public IEnumerable<Request> AtOwnTimes(double beginning)
    {
        double latest = 0;
        foreach ((_, _, double? time) in _answers)
        {
            latest = Math.Max(latest, time!.Value - beginning);
            yield return Next(latest);
        }
    }

    /// <summary>When the first request came.</summary>
    public double Beginning => _answers[0].Time!.Value;
}
