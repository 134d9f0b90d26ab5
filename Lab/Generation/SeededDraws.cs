namespace Squelch.Lab;

/// <summary>Random numbers that are the same on every machine and version: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).</summary>
internal sealed class SeededDraws(ulong seed)
{
    private ulong _state = seed;

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        ulong hash = _state += 0x9E3779B97F4A7C15;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        return hash ^ (hash >> 31);
    }

    /// <summary>In (0, 1].</summary>
    public double Share() => ((Bits() >> 11) + 1) * (1.0 / (1UL << 53));

    /// <summary>A whole number from low to high, both included.</summary>
    public int Between(int low, int high) => low + (int)(Bits() % (ulong)(high - low + 1));

    /// <summary>Exponential.</summary>
    public double Exponential(double mean) => -mean * Math.Log(Share());

    /// <summary>Log-normal with a shape, by its mean.</summary>
    public double LogNormal(double mean, double shape) => mean * Math.Exp((shape * Normal()) - (shape * shape / 2));

    /// <summary>Poisson, by counting exponential gaps; above a mean of 500 rounded from the normal distribution.</summary>
    public double Poisson(double mean)
    {
        if (mean > 500)
        {
            return Math.Max(0, Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        int count = -1;
        for (double sum = 0; sum <= mean; count++)
        {
            sum += Exponential(1);
        }

        return count;
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(Share())) * Math.Cos(2 * Math.PI * Share());
}
