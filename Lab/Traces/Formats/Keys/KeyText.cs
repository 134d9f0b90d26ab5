using System.Buffers.Binary;

namespace Squelch.Lab;

/// <summary>
/// Keys as numbers of 64 bits. A whole number below 2^63 as it is usually written is itself. Every other text, as 007, 0x7, 1e3 or user:1, is a hash
/// of 2^63 or more, so that it is never a number's key.
/// </summary>
internal static class KeyText
{
    private const ulong TextBit = 1UL << 63;

    /// <summary>The key of a text.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > 19 || (text[0] == '0' && text.Length > 1))
        {
            return Hash(text);
        }

        ulong number = 0;
        foreach (byte letter in text)
        {
            uint digit = (uint)letter - '0';
            if (digit > 9)
            {
                return Hash(text);
            }

            number = (number * 10) + digit;
        }

        // 19 digits are below 2^64.
        return number < TextBit ? number : Hash(text);
    }

    /// <summary>True for the key of a text that is no whole number below 2^63.</summary>
    public static bool IsText(ulong key) => (key & TextBit) != 0;

    /// <summary>The key of several columns.</summary>
    public static ulong Join(ulong joined, ulong key) => HashMix.Finish((joined ^ key) * HashMix.Step) | TextBit;

    private static ulong Hash(ReadOnlySpan<byte> text)
    {
        ulong hash = (ulong)text.Length;
        while (text.Length >= sizeof(uint))
        {
            hash = HashMix.Fold(hash, BinaryPrimitives.ReadUInt32LittleEndian(text));
            text = text[sizeof(uint)..];
        }

        foreach (byte letter in text)
        {
            hash = HashMix.Fold(hash, letter);
        }

        return HashMix.Finish(hash) | TextBit;
    }
}
