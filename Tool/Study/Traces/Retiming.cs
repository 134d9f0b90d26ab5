namespace Squelch.Tool;

/// <summary>The same requests at other times: sessions begin more often, and go on sooner or later.</summary>
internal static class Retiming
{
    /// <summary>Divides the times at which sessions begin, and multiplies those between a session's requests. A request without a session is one of its own.</summary>
    /// <param name="trace">In order of arrival.</param>
    /// <param name="rate">2: sessions begin twice as often.</param>
    /// <param name="think">2: a session's requests are twice as far apart.</param>
    public static Trace Of(Trace trace, double rate, double think)
    {
        if (rate == 1 && think == 1)
        {
            return trace;
        }

        Dictionary<long, double> begins = [];
        var moved = new (double Time, Request Request)[trace.Requests.Count];
        foreach ((int i, Request request) in trace.Requests.Index())
        {
            double begin = request.Time;
            if (request.Session >= 0 && !begins.TryAdd(request.Session, begin))
            {
                begin = begins[request.Session];
            }

            double time = (begin / rate) + ((request.Time - begin) * think);
            moved[i] = (time, At(request, time));
        }

        // Stable, so that what arrived at one time stays in order.
        return trace with { Requests = [.. moved.OrderBy(request => request.Time).Select(request => request.Request)] };
    }

    private static Request At(Request request, double time) => new()
    {
        Pages = request.Pages,
        InputPages = request.InputPages,
        InputTokens = request.InputTokens,
        OutputTokens = request.OutputTokens,
        Time = time,
        Session = request.Session,
        Cost = request.Cost,
    };
}
