using System.Numerics;

namespace Squelch.Caching;

/// <summary>Threads are spread over so many stripes, a power of two not below the number of processors.</summary>
internal static class Stripes
{
    public static readonly int Count = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Clamp(Environment.ProcessorCount, 1, 64));

    /// <summary>The stripe of this thread.</summary>
    public static int Current => Environment.CurrentManagedThreadId & (Count - 1);
}
