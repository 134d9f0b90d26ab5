namespace Squelch.Lab;

/// <summary>Turns lines of JSON of one kind into requests, one after the other.</summary>
internal abstract class RequestLines : IDisposable
{
    private double _first = double.NaN;
    private double _last;

    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>Tokens per page; known after the first request.</summary>
    public abstract int PageTokens { get; }

    /// <summary>One request.</summary>
    public abstract Request Parse(JsonLine json);

    public abstract void Dispose();

    /// <summary>Seconds since the first request.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="value">Its value, in its own unit.</param>
    /// <param name="unitsPerSecond">How many of those make a second.</param>
    protected double Arrive(TraceLine line, string name, double value, double unitsPerSecond)
    {
        if (value < 0)
        {
            throw line.Error(FormattableString.Invariant($"{name} is {value}, which is negative"), "Times count from the start of the trace: shift them all");
        }

        if (value < _last)
        {
            throw line.Error(FormattableString.Invariant($"{name} is {value}, less than {_last} on the request before"), "Requests stand in order of arrival: sort the lines by time");
        }

        _last = value;
        _first = double.IsNaN(_first) ? value : _first;
        return (value - _first) / unitsPerSecond;
    }

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
