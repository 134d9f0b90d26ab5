using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Squelch;

/// <summary>The feature <c>draw</c>: an integer hash of seed, clock and creation number, so that every back end draws the same.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Draw
{
    private const ulong One = 0x3FF0000000000000;

    /// <summary>The part of the hash that all nodes of one selection share.</summary>
    public static ulong Key(ulong seed, double now) => HashMix.Finish(HashMix.Finish(seed) ^ BitConverter.DoubleToUInt64Bits(now));

    /// <summary>A uniform number in [0, 1).</summary>
    public static double At(ulong seed, double now, long creation) => At(Key(seed, now), creation);

    /// <summary>A uniform number in [0, 1).</summary>
    public static double At(ulong key, long creation)
        => BitConverter.UInt64BitsToDouble((HashMix.Finish(key + ((ulong)creation * HashMix.Step)) >> 12) | One) - 1.0;

    /// <summary>Uniform numbers in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> At128(ulong key, Vector128<long> creation)
    {
        Vector128<ulong> hash = Vector128.Create(key) + (creation.AsUInt64() * HashMix.Step);
        hash = (hash ^ (hash >> 30)) * HashMix.First;
        hash = (hash ^ (hash >> 27)) * HashMix.Second;
        hash ^= hash >> 31;
        return ((hash >> 12) | Vector128.Create(One)).AsDouble() - Vector128<double>.One;
    }

    /// <summary>Uniform numbers in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> At256(ulong key, Vector256<long> creation)
    {
        Vector256<ulong> hash = Vector256.Create(key) + (creation.AsUInt64() * HashMix.Step);
        hash = (hash ^ (hash >> 30)) * HashMix.First;
        hash = (hash ^ (hash >> 27)) * HashMix.Second;
        hash ^= hash >> 31;
        return ((hash >> 12) | Vector256.Create(One)).AsDouble() - Vector256<double>.One;
    }

    /// <summary>Uniform numbers in [0, 1).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> At512(ulong key, Vector512<long> creation)
    {
        Vector512<ulong> hash = Vector512.Create(key) + (creation.AsUInt64() * HashMix.Step);
        hash = (hash ^ (hash >> 30)) * HashMix.First;
        hash = (hash ^ (hash >> 27)) * HashMix.Second;
        hash ^= hash >> 31;
        return ((hash >> 12) | Vector512.Create(One)).AsDouble() - Vector512<double>.One;
    }
}
