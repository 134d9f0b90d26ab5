using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Squelch.Lab;

/// <summary>When a request arrives, as its line says it.</summary>
/// <param name="Value">A time of the trace's own unit; seconds since 1970 where it is a date. Null where the line has none.</param>
/// <param name="IsDate">True for a date.</param>
/// <param name="DelayMs">Milliseconds after the session's request before; null where the line has none.</param>
internal readonly record struct Arrival(double? Value, bool IsDate, double? DelayMs)
{
    /// <summary>True where nothing is said.</summary>
    public bool IsMissing => Value is null && DelayMs is null;
}

/// <summary>Turns what lines say into seconds since the first request. The unit is told by the first time: those since 1970 have a size that nothing else has.</summary>
internal sealed class ArrivalTimes
{
    /// <summary>A first time from here on, in the year 2001, is one since 1970; smaller ones count from the trace's start.</summary>
    private const double FirstSince1970 = 1e9;

    private readonly Dictionary<long, double> _lastOfSession = [];
    private double _first = double.NaN;
    private double _last;
    private double _unitsPerSecond;

    /// <summary>True where a request was placed behind another of its session: then requests do not stand in order of arrival.</summary>
    public bool HasDelays { get; private set; }

    /// <summary>Seconds since the first request.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="name">The property's name.</param>
    /// <param name="arrival">What it says.</param>
    /// <param name="unitsPerSecond">Units of the format, for times from the trace's start.</param>
    /// <param name="session">The session, or -1.</param>
    public double Of(TraceLine line, string name, Arrival arrival, double unitsPerSecond, long session)
    {
        double time;
        if (arrival.Value is { } value)
        {
            time = Absolute(line, name, value, arrival.IsDate ? 1 : unitsPerSecond);
        }
        else
        {
            HasDelays = true;
            time = Math.Max(0, _lastOfSession.GetValueOrDefault(session) + (arrival.DelayMs!.Value / 1000));
        }

        _lastOfSession[session] = time;
        return time;
    }

    /// <summary>Reads <c>2024-05-01T10:00:00Z</c> and its like; without a zone it is UTC.</summary>
    /// <returns>Seconds since 1970, or null where it is no date.</returns>
    public static double? Date(ReadOnlySpan<byte> text)
        => !(Utf8Parser.TryParse(text, out double _, out int used) && used == text.Length)
            && DateTimeOffset.TryParse(Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset date)
            ? (date - DateTimeOffset.UnixEpoch).TotalSeconds
            : null;

    /// <summary>No trace is so long: its times are of another unit than was taken, or of several.</summary>
    public const double MostSeconds = 100 * SecondsPerYear;

    /// <summary>Seconds of a year.</summary>
    public const double SecondsPerYear = 365.25 * 24 * 3600;

    private double Absolute(TraceLine line, string name, double value, double unitsPerSecond)
    {
        if (value < 0)
        {
            throw line.Error(FormattableString.Invariant($"{name} is {value}, which is negative"), "Times count from the start of the trace: shift them all");
        }

        if (value < _last && !HasDelays)
        {
            throw line.Error(FormattableString.Invariant($"{name} is {value}, less than {_last} on the request before"), "Requests stand in order of arrival: sort the lines by time");
        }

        if (double.IsNaN(_first))
        {
            _first = value;
            _unitsPerSecond = value >= FirstSince1970 ? Since1970.UnitsPerSecond(value) : unitsPerSecond;
        }

        double seconds = Math.Max(0, (value - _first) / _unitsPerSecond);
        if (seconds > MostSeconds)
        {
            throw line.Error(FormattableString.Invariant($"{name} is {value}, {seconds / SecondsPerYear:0} years after the first, {_first}"), "Write all times in one unit, as the format has it");
        }

        _last = value;
        return seconds;
    }
}
