using System.Globalization;

namespace Squelch.Tool;

/// <summary>A kind of number that a study compares: how it is written, and how large an effect it is.</summary>
internal sealed class Measure
{
    private readonly string _format;
    private readonly double _unit;
    private readonly Func<double, double>? _effect;
    private readonly Func<double, double>? _value;

    private Measure(string format, double unit = 1, Func<double, double>? effect = null, Func<double, double>? value = null)
        => (_format, _unit, _effect, _value) = (format, unit, effect, value);

    /// <summary>A share: 0.1234 is 12.34 %.</summary>
    public static Measure Percent { get; } = new("0.00 '%'", 100);

    /// <summary>A ratio: 4.5 is 4.50x, and 1 is no effect.</summary>
    public static Measure Times { get; } = new("0.00x", 1, Math.Log, Math.Exp);

    /// <summary>A relative change: 0.456 is +45.6 %.</summary>
    public static Measure Change { get; } = new("+0.0 '%';-0.0 '%';0.0 '%'", 100, change => Math.Log(1 + change), effect => Math.Exp(effect) - 1);

    /// <summary>A difference of shares: 0.0123 is +1.23 points.</summary>
    public static Measure Points { get; } = new("+0.00;-0.00;0.00", 100);

    /// <summary>Milliseconds.</summary>
    public static Measure Milliseconds { get; } = new("#,0.0");

    /// <summary>Bytes, written in 10^9.</summary>
    public static Measure Gigabytes { get; } = new("0.### 'GB'", 1e-9);

    /// <summary>FLOPs per byte, written in 10^6.</summary>
    public static Measure MegaflopsPerByte { get; } = new("0.000", 1e-6);

    /// <summary>A plain number.</summary>
    public static Measure Number { get; } = new("#,0.##");

    /// <summary>As tables show it.</summary>
    public string Text(double value) => (value * _unit).ToString(_format, CultureInfo.InvariantCulture);

    /// <summary>How far it is from no effect, which is 0. Ratios have their logarithm, so that twice and half are equally far.</summary>
    public double Effect(double value) => _effect is null ? value : _effect(value);

    /// <summary>The number that has this effect.</summary>
    public double Value(double effect) => _value is null ? effect : _value(effect);
}
