namespace Squelch;

/// <summary>The feature <c>draw</c>: an integer hash of seed, clock and creation number, so that every back end draws the same.</summary>
public static class Draw
{
    internal const ulong One = 0x3FF0000000000000;

    /// <summary>The part of the hash that all nodes of one selection share.</summary>
    public static ulong Key(ulong seed, double now) => HashMix.Finish(HashMix.Finish(seed) ^ BitConverter.DoubleToUInt64Bits(now));

    /// <summary>A uniform number in [0, 1).</summary>
    public static double At(ulong seed, double now, long creation) => At(Key(seed, now), creation);

    /// <summary>A uniform number in [0, 1).</summary>
    public static double At(ulong key, long creation)
        => BitConverter.UInt64BitsToDouble((HashMix.Finish(key + ((ulong)creation * HashMix.Step)) >> 12) | One) - 1.0;
}
