namespace Squelch.Tool;

/// <summary>The capacities of <c>--capacity 20GB,40GB</c>.</summary>
internal static class CapacityList
{
    /// <summary>The capacities in the order given, each once.</summary>
    public static IReadOnlyList<long> Parse(IEnumerable<string> texts) => UsageException.Of("--capacity", () => (IReadOnlyList<long>)[.. texts.SelectMany(CommaList.Split).Select(ByteSize.Parse).Distinct()]);

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

    private static long RoundUp(long bytes)
    {
        long unit = bytes >= 1_000_000 ? 1_000_000 : bytes >= 1_000 ? 1_000 : 1;
        return (bytes + unit - 1) / unit * unit;
    }
}
