namespace Squelch.Lab;

/// <summary>The times of events, from the first one on, never going back.</summary>
internal sealed class KvEventClock
{
    private const double UntimedStep = 0.001;

    private double _zero = double.NaN;
    private double _last;
    private double _mostBack;
    private int _untimed;
    private int _back;
    private bool _began;

    /// <summary>Seconds from the first event.</summary>
    /// <param name="seconds">What the log says; null where it says nothing.</param>
    public double At(double? seconds)
    {
        if (seconds is not { } told)
        {
            _untimed++;
            _last += double.IsNaN(_zero) && _began ? UntimedStep : 0;
        }
        else
        {
            _zero = double.IsNaN(_zero) ? told - _last : _zero;
            double back = _last - (told - _zero);
            _back += back > 0 ? 1 : 0;
            _mostBack = Math.Max(_mostBack, back);
            _last = Math.Max(_last, told - _zero);
        }

        _began = true;
        return _last;
    }

    /// <summary>What users should know of the times.</summary>
    public IEnumerable<string> Notes()
    {
        if (_untimed > 0)
        {
            yield return double.IsNaN(_zero)
                ? "The events have no times: each is put 1 ms after the one before."
                : FormattableString.Invariant($"{KvEventNotes.Count(_untimed, "event has", "events have")} no time, and {(_untimed == 1 ? "takes" : "take")} that of the one before.");
        }

        if (_back > 0)
        {
            yield return FormattableString.Invariant($"{KvEventNotes.Count(_back, "event is", "events are")} older than the one before, by up to {_mostBack:0.###} seconds, and {(_back == 1 ? "takes" : "take")} its time: the order is the log's.");
        }
    }
}
