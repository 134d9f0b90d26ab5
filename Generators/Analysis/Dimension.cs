namespace Squelch.Generators.Analysis;

/// <summary>What a quantity is measured in: a product of powers of ticks, tokens, bytes and FLOPs, kept as twice the exponents, so that roots are whole. Counts are bare numbers.</summary>
/// <param name="Known">False where it may be anything.</param>
internal readonly record struct Dimension(bool Known, int Ticks, int Tokens, int Bytes, int Flops)
{
    /// <summary>It may be anything, so it fits everything.</summary>
    public static Dimension Unknown => default;

    /// <summary>A bare number.</summary>
    public static Dimension Bare => new(true, 0, 0, 0, 0);

    public bool IsBare => this == Bare;

    /// <param name="unit">Member name of Squelch.Unit.</param>
    public static Dimension Of(string unit) => unit switch
    {
        "Ticks" => Bare with { Ticks = 2 },
        "Tokens" => Bare with { Tokens = 2 },
        "Bytes" => Bare with { Bytes = 2 },
        "Flops" => Bare with { Flops = 2 },
        "PerTick" => Bare with { Ticks = -2 },
        _ => Bare,
    };

    public Dimension Times(Dimension other) => Known && other.Known ? new(true, Ticks + other.Ticks, Tokens + other.Tokens, Bytes + other.Bytes, Flops + other.Flops) : Unknown;

    public Dimension Over(Dimension other) => Known && other.Known ? new(true, Ticks - other.Ticks, Tokens - other.Tokens, Bytes - other.Bytes, Flops - other.Flops) : Unknown;

    /// <summary>To a power that is half a whole number; others leave nothing known.</summary>
    public Dimension Power(double power)
    {
        double[] powers = [Ticks * power, Tokens * power, Bytes * power, Flops * power];
        return Known && powers.All(value => Math.Floor(value) == value && Math.Abs(value) < 1000)
            ? new(true, (int)powers[0], (int)powers[1], (int)powers[2], (int)powers[3])
            : Unknown;
    }

    /// <summary>Both are known and differ.</summary>
    public bool Contradicts(Dimension other) => Known && other.Known && this != other;

    /// <summary>In words, e.g. "FLOPs per byte".</summary>
    public override string ToString()
    {
        if (!Known)
        {
            return "not known";
        }

        (string Many, string One, int Twice)[] powers = [("FLOPs", "FLOP", Flops), ("tokens", "token", Tokens), ("bytes", "byte", Bytes), ("ticks", "tick", Ticks)];
        string over = string.Join(" ", powers.Where(power => power.Twice > 0).Select(power => power.Many + Exponent(power.Twice)));
        string under = string.Join(" and ", powers.Where(power => power.Twice < 0).Select(power => power.One + Exponent(-power.Twice)));
        return over.Length + under.Length == 0 ? "a bare number" : under.Length == 0 ? over : over.Length == 0 ? "1 per " + under : over + " per " + under;
    }

    private static string Exponent(int twice) => twice switch
    {
        2 => "",
        4 => "²",
        6 => "³",
        _ when twice % 2 == 0 => "^" + (twice / 2),
        _ => $"^({twice}/2)",
    };
}
