using System.Globalization;

namespace Squelch.Tool;

/// <summary>The capacities of <c>--capacity 20GB,40GB</c> or <c>--capacity 2%,20%</c>, in the order given, each once.</summary>
/// <param name="Bytes">In bytes; none where shares are given.</param>
/// <param name="Shares">As shares of what a trace fills with endless room; none where bytes are given.</param>
internal sealed record CapacityList(IReadOnlyList<long> Bytes, IReadOnlyList<double> Shares)
{
    private const string Percent = "%";

    /// <summary>How many.</summary>
    public int Count => Bytes.Count + Shares.Count;

    /// <summary>The shares, or where none are given, these.</summary>
    public IReadOnlyList<double> SharesOr(params IReadOnlyList<double> usual) => Shares.Count > 0 ? Shares : usual;

    /// <summary>The capacities that texts mean.</summary>
    /// <exception cref="UsageException">One is no size, or some are shares and some are not.</exception>
    public static CapacityList Parse(IEnumerable<string> texts)
    {
        ILookup<bool, string> items = texts.SelectMany(CommaList.Split).ToLookup(item => item.EndsWith(Percent, StringComparison.Ordinal));
        return items.Count > 1
            ? throw new UsageException($"--capacity: '{items[true].First()}' is a share and '{items[false].First()}' is not; give all sizes in one way, as in 2%,20% or 20GB,40GB")
            : UsageException.Of("--capacity", () => new CapacityList([.. items[false].Select(ByteSize.Parse).Distinct()], [.. items[true].Select(Share).Distinct()]));
    }

    /// <summary>Refuses a capacity that holds no prefix of the model at all.</summary>
    /// <exception cref="SquelchException">A capacity is smaller than one checkpoint and one token.</exception>
    public static void CheckAgainst(ModelShape model, IEnumerable<long> capacities)
    {
        foreach (long capacity in capacities)
        {
            if (capacity < model.LeastBytes)
            {
                throw new SquelchException(
                    $"a capacity of {ByteSize.Format(capacity)} holds no prefix of {model.Name}: one checkpoint and one token take {model.LeastBytes} bytes; give --capacity {ByteSize.Format(RoundUp(model.LeastBytes))} or more");
            }
        }
    }

    private static double Share(string text)
        => double.TryParse(text[..^Percent.Length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out double percent) && percent is > 0 and <= 100
            ? percent / 100
            : throw new UsageException($"'{text}' is no share of what a trace fills; write a number above 0, up to 100, as in 5%");

    private static long RoundUp(long bytes)
    {
        long unit = bytes >= 1_000_000 ? 1_000_000 : bytes >= 1_000 ? 1_000 : 1;
        return (bytes + unit - 1) / unit * unit;
    }
}
