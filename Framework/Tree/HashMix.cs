using System.Numerics;
using System.Runtime.InteropServices;

namespace Squelch;

/// <summary>
/// The product's hash: the steps of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014). The same number on every machine and in every run; not for
/// secrets.
/// </summary>
public static class HashMix
{
    /// <summary>Odd, and the golden ratio of 2^64: multiples of it are far apart.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15;

    internal const ulong First = 0xBF58476D1CE4E5B9;
    internal const ulong Second = 0x94D049BB133111EB;

    /// <summary>Takes one more number of a sequence into its hash: cheap, so the caller may want <see cref="Finish"/> at the end.</summary>
    public static ulong Fold(ulong hash, uint number)
    {
        hash = (hash ^ number) * Step;
        return hash ^ (hash >> 32);
    }

    /// <summary>Takes all of a sequence into a hash.</summary>
    public static ulong Fold(ulong hash, ReadOnlySpan<int> numbers)
    {
        foreach (int number in numbers)
        {
            hash = Fold(hash, (uint)number);
        }

        return hash;
    }

    /// <summary>The hash of a whole sequence, in four strands, so that no number waits for the one before.</summary>
    internal static ulong Of(ReadOnlySpan<int> numbers)
    {
        ReadOnlySpan<ulong> pairs = MemoryMarshal.Cast<int, ulong>(numbers);
        ulong a = Step;
        ulong b = First;
        ulong c = Second;
        ulong d = (ulong)numbers.Length;
        int at = 0;
        for (; at + 4 <= pairs.Length; at += 4)
        {
            a = BitOperations.RotateLeft((a ^ pairs[at]) * Step, 29);
            b = BitOperations.RotateLeft((b ^ pairs[at + 1]) * First, 29);
            c = BitOperations.RotateLeft((c ^ pairs[at + 2]) * Second, 29);
            d = BitOperations.RotateLeft((d ^ pairs[at + 3]) * Step, 29);
        }

        return Finish(Fold(Finish(a ^ Finish(b ^ Finish(c ^ Finish(d)))), numbers[(at * 2)..]));
    }

    /// <summary>Spreads a number over all 64 bits, one to one.</summary>
    public static ulong Finish(ulong hash)
    {
        hash = (hash ^ (hash >> 30)) * First;
        hash = (hash ^ (hash >> 27)) * Second;
        return hash ^ (hash >> 31);
    }
}
