namespace Squelch.Lab;

/// <summary>
/// Errors of a predictor of next uses: the time until the use is multiplied by exp(<paramref name="Sigma"/> x), x standard normal, drawn from the
/// seed, the node and the use, so that a replay repeats itself. 0 is an oracle.
/// </summary>
/// <param name="Sigma">Standard deviation of the logarithm of the error; 0 for none.</param>
/// <param name="Seed">Seed of the errors.</param>
public readonly record struct OracleNoise(double Sigma, ulong Seed = 0)
{
    /// <summary>The predicted time of a use.</summary>
    /// <param name="use">The true time, in ticks.</param>
    /// <param name="now">The clock.</param>
    /// <param name="creation">The node's creation number.</param>
    /// <param name="request">Index of the request that uses it.</param>
    internal double Disturb(double use, double now, long creation, int request)
    {
        if (Sigma == 0)
        {
            return use;
        }

        ulong bits = Seed ^ ((ulong)creation * 0x9E3779B97F4A7C15) ^ ((ulong)(uint)request << 32);
        double first = Draw.At(bits, request, creation);
        double second = Draw.At(~bits, request, creation);

        // Box and Muller's transform.
        double normal = Math.Sqrt(-2 * Math.Log(1 - first)) * Math.Cos(2 * Math.PI * second);
        return now + (Math.Max(use - now, 0) * Math.Exp(Sigma * normal));
    }
}
