namespace Squelch.Policies;

/// <summary>
/// Estimates how often keys were counted lately: a counting Bloom filter for an error of 0.1 %, halved now and then (TinyLFU, Einziger et al., ACM TOS
/// 2017, section 3), made for as many keys as the cache has units (objects, or bytes), but of a million counters at most.
/// </summary>
internal sealed class FrequencySketch
{
    private const int Probes = 10;

    // ln(1000) / ln(2)^2.
    private const double CountersPerKey = 14.378;
    private const int MostCounters = 1 << 20;
    private const int HitsPerKey = 32;
    private ushort[] _counters = [];

    // 2^64 over the number of counters, rounded up: two multiplications in place of a division (Lemire, Kaser and Kurz, 2019).
    private ulong _inverse;
    private long _hits;

    /// <summary>Begins to count.</summary>
    /// <param name="keys">How many keys it is made for; 1 or more.</param>
    public void Open(double keys)
    {
        _counters = new ushort[(int)Math.Clamp(Math.Ceiling(keys * CountersPerKey), 2 * Probes, MostCounters)];
        _inverse = (ulong.MaxValue / (uint)_counters.Length) + 1;
    }

    /// <summary>How often the key was counted since it was halved, or more.</summary>
    public int Estimate(ulong key)
    {
        (uint slot, uint step) = Hash(key);
        int least = int.MaxValue;
        for (int probe = 0; probe < Probes; probe++, slot += step)
        {
            least = Math.Min(least, Counter(slot));
        }

        return least;
    }

    /// <summary>Counts the key.</summary>
    public void Add(ulong key)
    {
        (uint slot, uint step) = Hash(key);
        for (int probe = 0; probe < Probes; probe++, slot += step)
        {
            ref ushort counter = ref Counter(slot);
            counter = (ushort)Math.Min(counter + 1, ushort.MaxValue);
        }
    }

    /// <summary>Counts the key, which was hit: after 32 hits per key that it is made for, half of all counts are forgotten.</summary>
    public void Hit(ulong key)
    {
        Add(key);
        if (++_hits >= HitsPerKey / CountersPerKey * _counters.Length)
        {
            _hits = 0;
            foreach (ref ushort counter in _counters.AsSpan())
            {
                counter >>= 1;
            }
        }
    }

    private static (uint Slot, uint Step) Hash(ulong key)
    {
        ulong mixed = (key ^ (key >> 33)) * 0xFF51AFD7ED558CCD;
        mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53;
        mixed ^= mixed >> 33;
        return ((uint)mixed, (uint)(mixed >> 32) | 1);
    }

    private ref ushort Counter(uint slot) => ref _counters[(int)Math.BigMul(_inverse * slot, (uint)_counters.Length, out _)];
}
