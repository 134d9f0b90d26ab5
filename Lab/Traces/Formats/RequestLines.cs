namespace Squelch.Lab;

/// <summary>Turns lines of JSON of one kind into requests, one after the other.</summary>
internal abstract class RequestLines : IDisposable
{
    private readonly ArrivalTimes _times = new();
    private readonly SessionNumbers _sessions = new();

    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>Tokens per page; known after the first request.</summary>
    public abstract int PageTokens { get; }

    /// <summary>True where requests stand in another order than they arrive.</summary>
    public bool IsUnordered => _times.HasDelays;

    /// <summary>One request.</summary>
    public abstract Request Parse(JsonLine json);

    /// <summary>Reads partial last blocks as is asked for, once all requests are there; null where there are no blocks.</summary>
    /// <param name="requests">All of them; changed in place.</param>
    /// <param name="asked">What is asked for.</param>
    public virtual PartialBlockReading? Settle(List<Request> requests, PartialBlocks asked) => null;

    public abstract void Dispose();

    /// <inheritdoc cref="ArrivalTimes.Of"/>
    protected double Arrive(TraceLine line, string name, Arrival arrival, double unitsPerSecond, long session) => _times.Of(line, name, arrival, unitsPerSecond, session);

    /// <summary>A time as a number or a date.</summary>
    protected static Arrival At(ref JsonLine json, string name, Arrival arrival)
    {
        if (json.Null())
        {
            return arrival;
        }

        if (!json.TryText(out ReadOnlySpan<byte> text))
        {
            return arrival with { Value = json.Number(name) };
        }

        return ArrivalTimes.Date(text) is { } date
            ? arrival with { Value = date, IsDate = true }
            : throw json.Line.Error($"{name} is '\"{System.Text.Encoding.UTF8.GetString(text)}\"'", "It must be a number, or a date as 2024-05-01T10:00:00Z");
    }

    /// <summary>A delay in milliseconds; null says nothing.</summary>
    protected static Arrival After(ref JsonLine json, string name, Arrival arrival)
    {
        if (json.Null())
        {
            return arrival;
        }

        double delay = json.Number(name);
        return delay >= 0 ? arrival with { DelayMs = delay } : throw json.Line.Error(FormattableString.Invariant($"{name} is {delay}, which is negative"), "It counts milliseconds after the session's request before");
    }

    /// <summary>A session's number or name; -1 for null.</summary>
    protected long SessionOf(ref JsonLine json, string name)
        => json.Null() ? -1 : json.TryText(out ReadOnlySpan<byte> text) ? _sessions.Of(text) : _sessions.Of(json.Whole(name));

    protected static SquelchException Missing(TraceLine line, string name)
        => line.Error($"property '{name}' is missing", "Every line needs it: write the trace again, or remove the line");

    /// <summary>A whole number that is not negative; -1 for null.</summary>
    protected static long WholeOrNone(ref JsonLine json, string name) => json.Null() ? -1 : json.Whole(name);

    /// <summary>Refuses a request without input: there is nothing to look up, and its time to first token has no meaning.</summary>
    protected static void RequireInput(TraceLine line, string name, long tokens)
    {
        if (tokens == 0)
        {
            throw line.Error($"the input is empty: {name} has 0 tokens", "A request has at least one input token: remove the line");
        }
    }

    /// <summary>Notes that a property was read; a second one of the name has no meaning.</summary>
    protected static void Once(ref uint seen, int bit, TraceLine line, string name)
    {
        if ((seen & (1u << bit)) != 0)
        {
            throw line.Error($"property '{name}' appears twice", "Remove one of them");
        }

        seen |= 1u << bit;
    }
}
