using System.Text;
using System.Text.Unicode;

namespace Squelch.Native;

/// <summary>Texts that go out to C: UTF-8 with an end mark.</summary>
internal static unsafe class Utf8Text
{
    /// <summary>Writes as much as fits, and no half character.</summary>
    /// <returns>The bytes of the whole text, without the end mark.</returns>
    public static long WriteCut(string text, byte* buffer, long capacity)
    {
        Span<byte> room = Room(buffer, capacity);
        if (!room.IsEmpty)
        {
            Utf8.FromUtf16(text, room[..^1], out _, out int written);
            room[written] = 0;
        }

        return Encoding.UTF8.GetByteCount(text);
    }

    /// <summary>Writes the whole text, or nothing.</summary>
    /// <inheritdoc cref="WriteCut"/>
    public static long WriteWhole(ReadOnlySpan<byte> text, byte* buffer, long capacity)
    {
        Span<byte> room = Room(buffer, capacity);
        if (text.Length < room.Length)
        {
            text.CopyTo(room);
            room[text.Length] = 0;
        }

        return text.Length;
    }

    private static Span<byte> Room(byte* buffer, long capacity)
        => capacity < 0 || (buffer is null && capacity > 0)
            ? throw Fault.Argument($"A buffer of {capacity} bytes at {(buffer is null ? "NULL" : "an address")} cannot be written; pass a buffer and its bytes, or NULL and 0 to learn the length.")
            : new(buffer, (int)Math.Min(capacity, int.MaxValue));
}
