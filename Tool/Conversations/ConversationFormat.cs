namespace Squelch.Tool;

/// <summary>
/// Conversations in the notations that people have: lists of messages (OpenAI's, Anthropic's, Gemini's, ShareGPT's, WildChat's), Alpaca's questions
/// and answers, batches of requests with or without their responses, and logs with one message per line (docs/formats.md). One chat gives the same
/// tokens in each. Text becomes tokens of o200k_base.
/// </summary>
/// <param name="times">When conversations begin and go on; null for the file's own times where every message has one, or else one conversation per second.</param>
internal sealed class ConversationFormat(SessionTimes? times) : TraceFormat
{
    /// <summary>As many are tokenised at a time.</summary>
    private const int BatchSize = 64;

    public override string Name => "conversations";

    public override string Looks => "conversations (JSON with messages of role and content, conversations of from and value, instruction and output, or one message per line)";

    public override bool Recognises(TraceSample sample) => sample.Records.Any(record => ConversationShape.IsFound(record));

    /// <summary>The conversations as a trace.</summary>
    /// <exception cref="SquelchException">The file is not what it looks like, or nobody asks anything.</exception>
    public override Trace Load(TraceInput input, TraceReading reading)
    {
        var omissions = new Omissions();
        var tokens = new ChatTokens(reading.Cancellation);
        List<ConversationSession> sessions = [];
        foreach (Chat[] batch in Chats(input, reading, omissions).Chunk(BatchSize))
        {
            int[][][] said = [.. batch.AsParallel().AsOrdered().WithCancellation(reading.Cancellation).Select(chat => chat.Turns.Select(turn => tokens.Of(turn.Text)).ToArray())];
            for (int i = 0; i < batch.Length; i++)
            {
                var session = new ConversationSession(sessions.Count, batch[i].Turns, said[i]);
                omissions.Silent += session.IsOver ? 1 : 0;
                omissions.Unanswered += session.EndsWithPrompt ? 1 : 0;
                sessions.AddRange(session.IsOver ? [] : [session]);
            }
        }

        if (sessions.Count == 0)
        {
            throw new SquelchException($"{input.Name}: no conversation has a prompt; there is nothing to replay. Give a file in which somebody asks.");
        }

        bool hasTimes = times is null && sessions.TrueForAll(session => session.HasTimes);
        return new(TraceReader.NameOf(input.Name), 1, hasTimes ? AtOwnTimes(sessions) : [.. (times ?? new()).Interleave(sessions)])
        {
            Format = input.Describe(Name),
            Notes = [.. omissions.Notes(), .. hasTimes ? (string[])["Requests come when the file says: when the last message before each answer was written."] : []],
        };
    }

    private static List<Request> AtOwnTimes(List<ConversationSession> sessions)
    {
        double beginning = sessions.Min(session => session.Beginning);
        return [.. sessions.SelectMany(session => session.AtOwnTimes(beginning)).OrderBy(request => request.Time)];
    }

    private static IEnumerable<Chat> Chats(TraceInput input, TraceReading reading, Omissions omissions)
    {
        var reader = new ConversationReader(omissions);
        foreach (JsonRecord record in JsonValues.Read(input, reading))
        {
            foreach (Chat chat in Read(reader, record, input.Name))
            {
                yield return chat;
            }
        }

        foreach (Chat chat in reader.Logged())
        {
            yield return chat;
        }
    }

    private static List<Chat> Read(ConversationReader reader, JsonRecord record, string name)
    {
        try
        {
            return [.. reader.Read(record.Value, record.List)];
        }
        catch (ConversationFault fault)
        {
            throw new SquelchException($"{name}, conversation {record.Number}: {fault.Message}.", fault);
        }
    }
}
