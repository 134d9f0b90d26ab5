namespace Squelch.CompilerServices;

/// <summary>The ages that a reuse table tells apart.</summary>
internal static class ReuseAges
{
    /// <summary>Bits of a double below those that number its bucket: three of the fraction's are kept, so that an octave has eight.</summary>
    public const int Shift = 49;

    /// <summary>The bucket of an age; below 0 and above the last where it is outside of the table.</summary>
    /// <param name="age">Not negative.</param>
    /// <param name="unit">The age at which bucket 0 begins, a power of two.</param>
    public static int Bucket(double age, double unit) => Number(age) - Number(unit);

    /// <summary>The least age of a bucket; the first takes all that is younger.</summary>
    public static double Least(int bucket, double unit)
        => bucket <= 0 ? 0 : BitConverter.Int64BitsToDouble((long)(Number(unit) + bucket) << Shift);

    private static int Number(double age) => (int)(BitConverter.DoubleToInt64Bits(age) >> Shift);
}
