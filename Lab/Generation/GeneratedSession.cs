namespace Squelch.Lab;

/// <summary>One session of a generated trace while it is under way: what has been said so far.</summary>
internal sealed class GeneratedSession : IScriptedSession
{
    private const int Vocabulary = 50_000;
    private const int SharedTokens = 1_200;
    private const int Prompts = 8;
    private const int PromptTokens = 2_400;
    private const int TurnsToCompaction = 5;

    private readonly TraceFamily _family;
    private readonly SeededDraws _draws;
    private readonly List<int> _said = [];
    private readonly int _turns;
    private int _turn;
    private int _kept;

    /// <param name="family">What it does.</param>
    /// <param name="number">Its number.</param>
    /// <param name="seed">The trace's seed.</param>
    public GeneratedSession(TraceFamily family, int number, ulong seed)
    {
        Number = number;
        _draws = new(seed ^ ((ulong)(number + 1) * 0xD1342543DE82EF95));
        _family = family == TraceFamily.Mixed ? (TraceFamily)_draws.Between(0, (int)TraceFamily.FewShot) : family;
        _turns = _family switch
        {
            TraceFamily.Chat => 1 + (int)Math.Min(30, _draws.Exponential(4)),
            TraceFamily.FewShot => 1,
            _ => _draws.Between(8, 40),
        };
        if (_family == TraceFamily.FewShot)
        {
            Shared(seed + 1 + (ulong)_draws.Between(0, Prompts - 1), PromptTokens);
        }
        else if (_family != TraceFamily.Chat)
        {
            Shared(seed, SharedTokens);
        }

        _kept = _said.Count;
    }

    public int Number { get; }

    /// <summary>True after the last request.</summary>
    public bool IsOver => _turn >= _turns;

    /// <summary>The next request.</summary>
    /// <param name="time">When it arrives.</param>
    public Request Next(double time)
    {
        _turn++;
        if (_family == TraceFamily.AgentCompact && _turn % TurnsToCompaction == 0)
        {
            // Old observations go; what is left of them is a summary.
            _said.RemoveRange(_kept, _said.Count - _kept);
            Say(_draws.Between(100, 300));
            _kept = _said.Count;
        }

        Say(_family switch
        {
            TraceFamily.Chat => Length(80),
            TraceFamily.FewShot => Length(60),
            _ => Length(_turn == 1 ? 600 : 700),
        });
        int input = _said.Count;
        Say(_family is TraceFamily.Chat ? Length(250) : _family == TraceFamily.FewShot ? Length(20) : Length(150));
        return new() { Pages = _said.ToArray(), InputPages = input, InputTokens = input, OutputTokens = _said.Count - input, Time = time, Session = Number };
    }

    private int Length(double mean) => (int)Math.Clamp(_draws.LogNormal(mean, 0.8), 1, 20 * mean);

    private void Say(int tokens)
    {
        for (int i = 0; i < tokens; i++)
        {
            _said.Add((int)(_draws.Bits() % Vocabulary));
        }
    }

    private void Shared(ulong seed, int tokens)
    {
        var prompt = new SeededDraws(seed);
        for (int i = 0; i < tokens; i++)
        {
            _said.Add((int)(prompt.Bits() % Vocabulary));
        }
    }
}
