namespace Squelch.Tool;

/// <summary>
/// What SWE-agent does to its prompts, and the Marconi paper's agent trace has: of each prompt only the last five observations are whole, in the place of older
/// ones stands a short line. So every prompt leaves the one before where the sixth to last observation was.
/// </summary>
internal static class ObservationElision
{
    /// <summary>Observations that stay whole.</summary>
    public const int Kept = 5;

    /// <summary>Takes no id of a vocabulary: old observations are replaced with these tokens.</summary>
    private static readonly int[] s_line = [int.MaxValue - 3, int.MaxValue - 2, int.MaxValue - 1, int.MaxValue];

    /// <summary>True for agents: half of the requests go on where the one before of their session ended, and half of the sessions do so more often than observations are kept.</summary>
    public static bool Suits(Trace trace)
    {
        if (trace.PageTokens != 1)
        {
            return false;
        }

        Dictionary<long, (Request Last, int Appended)> sessions = [];
        int later = 0;
        int appended = 0;
        foreach (Request request in trace.Requests.Where(request => request.Session >= 0))
        {
            int count = 0;
            if (sessions.TryGetValue(request.Session, out (Request Last, int Appended) known))
            {
                later++;
                bool goesOn = KeptOf(known.Last, request) > 0;
                appended += goesOn ? 1 : 0;
                count = known.Appended + (goesOn ? 1 : 0);
            }

            sessions[request.Session] = (request, count);
        }

        return later > 0 && 2 * appended >= later && 2 * sessions.Values.Count(session => session.Appended > Kept) >= sessions.Count;
    }

    /// <summary>The trace with old observations elided; its answers stay.</summary>
    public static Trace Of(Trace trace, string name)
    {
        Dictionary<long, History> sessions = [];
        List<Request> requests = new(trace.Requests.Count);
        foreach (Request request in trace.Requests)
        {
            if (request.Session < 0)
            {
                requests.Add(request);
                continue;
            }

            if (!sessions.TryGetValue(request.Session, out History? history))
            {
                sessions.Add(request.Session, history = new());
            }

            requests.Add(history.Next(request));
        }

        return trace with { Name = name, Requests = requests };
    }

    /// <summary>How many pages of the request before stand at the beginning of this one's prompt: all, its prompt alone, or none.</summary>
    private static int KeptOf(Request before, Request request)
    {
        ReadOnlySpan<int> prompt = request.Pages.Span[..request.InputPages];
        return prompt.StartsWith(before.Pages.Span) ? before.Pages.Length
            : prompt.StartsWith(before.Pages.Span[..before.InputPages]) ? before.InputPages
            : 0;
    }

    /// <summary>One session so far: the task, then answers and observations in turn.</summary>
    private sealed class History
    {
        private readonly List<(ReadOnlyMemory<int> Answer, ReadOnlyMemory<int> Observation)> _turns = [];
        private ReadOnlyMemory<int> _task;
        private Request? _last;

        public Request Next(Request request)
        {
            ReadOnlyMemory<int> prompt = request.Pages[..request.InputPages];
            int kept = _last is null ? 0 : KeptOf(_last, request);
            if (kept == 0)
            {
                // The first prompt, or one that was written anew.
                _task = prompt;
                _turns.Clear();
            }
            else
            {
                _turns.Add((_last!.Pages[_last.InputPages..kept], prompt[kept..]));
            }

            _last = request;
            int whole = Math.Max(0, _turns.Count - Kept);
            int[] pages =
            [
                .. _task.Span,
                .. _turns.Take(whole).SelectMany(turn => (int[])[.. turn.Answer.Span, .. s_line]),
                .. _turns.Skip(whole).SelectMany(turn => (int[])[.. turn.Answer.Span, .. turn.Observation.Span]),
                .. request.Pages.Span[request.InputPages..],
            ];
            int input = pages.Length - (request.Pages.Length - request.InputPages);
            return new() { Pages = pages, InputPages = input, InputTokens = input, OutputTokens = request.OutputTokens, Time = request.Time, Session = request.Session };
        }
    }
}
