using System.Numerics;

namespace Squelch.Policies;

/// <summary>
/// Estimates how often keys were asked for lately: a count-min sketch with conservative update, halved after so many counts (TinyLFU, Einziger et al.,
/// ACM TOS 2017, section 3).
/// </summary>
internal sealed class FrequencySketch
{
    private const int Probes = 4;
    private const int CountersPerKey = 16;
    private const int CountsPerKey = 32;
    private byte[] _counters = new byte[1024];
    private long _counts;

    /// <summary>Makes room for the counts of so many keys; a larger table repeats the old one, so that no estimate changes.</summary>
    public void Grow(int keys)
    {
        int length = (int)BitOperations.RoundUpToPowerOf2((uint)keys * CountersPerKey);
        if (length > _counters.Length)
        {
            var larger = new byte[length];
            for (int at = 0; at < length; at += _counters.Length)
            {
                _counters.CopyTo(larger, at);
            }

            _counters = larger;
        }
    }

    /// <summary>At least how often the key was counted, since halved.</summary>
    public int Estimate(ulong key)
    {
        int least = byte.MaxValue;
        for (int probe = 0; probe < Probes; probe++)
        {
            least = Math.Min(least, _counters[Slot(key, probe)]);
        }

        return least;
    }

    /// <summary>Counts the key: only its least counters grow.</summary>
    public void Add(ulong key)
    {
        int least = Estimate(key);
        for (int probe = 0; probe < Probes && least < byte.MaxValue; probe++)
        {
            ref byte counter = ref _counters[Slot(key, probe)];
            counter = (byte)Math.Max(counter, least + 1);
        }

        if (++_counts >= (long)CountsPerKey * _counters.Length / CountersPerKey)
        {
            _counts /= 2;
            foreach (ref byte counter in _counters.AsSpan())
            {
                counter >>= 1;
            }
        }
    }

    private int Slot(ulong key, int probe)
    {
        ulong mixed = (key + ((ulong)probe * 0x9E3779B97F4A7C15)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 31)) * 0x94D049BB133111EB;
        return (int)(mixed >> 33) & (_counters.Length - 1);
    }
}
