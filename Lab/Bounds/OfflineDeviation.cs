namespace Squelch.Lab;

/// <summary>Where a search leaves a rule: from one request to another, scores are multiplied or divided by chance, a number per prefix.</summary>
/// <param name="From">The first request.</param>
/// <param name="To">The first request after it.</param>
/// <param name="Shake">By up to exp(Shake).</param>
/// <param name="Draw">Which chance.</param>
internal readonly record struct OfflineDeviation(int From, int To, double Shake, ulong Draw)
{
    private const int ShortestShare = 8;

    /// <summary>One of many: a half to a 256th of the trace, anywhere, by a little or by much.</summary>
    /// <param name="which">Which.</param>
    /// <param name="requests">Requests of the trace.</param>
    public static OfflineDeviation Of(int which, int requests)
    {
        ulong draw = (ulong)which;
        int length = Math.Clamp(requests >> (1 + (int)(Draw(0) * ShortestShare)), 1, requests);
        int from = (int)(Draw(1) * (requests - length + 1));
        double shake = (int)(Draw(2) * 3) switch { 0 => 0.5, 1 => 2, _ => 6 };
        return new(from, from + length, shake, draw);

        double Draw(int what) => Squelch.Draw.At(draw, 0, what);
    }

    /// <summary>What the score of a prefix is multiplied by.</summary>
    public double Factor(int prefix) => Math.Exp(Shake * ((2 * Squelch.Draw.At(Draw, 1, prefix)) - 1));
}
