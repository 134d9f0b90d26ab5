using System.IO.Compression;
using System.Text;
using ZstdSharp;

namespace Squelch.Tool.Tests;

/// <summary>Makes bad inputs of good ones, each by its seed.</summary>
internal sealed class Mutation(IReadOnlyList<byte[]> sources, int seed)
{
    private const int MostSteps = 4;
    private const int MostBytes = 1 << 16;

    private static readonly string[] s_words =
    [
        "NaN", "Infinity", "-1", "0", "1e999", "-0.0", "1.5", "18446744073709551616", "9223372036854775807", "2147483648", "null", "true", "\"\"", "{}", "[]", "[[", "}}", "\"", "\\", "\\ud800",
        ",", ",,", ";", "\t", "\n", "\r", "\r\n", "#", "\0", "\uFEFF", "\u00e9", "007", "0x7", "BlockStored", "BlockRemoved", "hash_ids", "input_tokens", "messages", "conversations", "content",
        "tool_calls", "timestamp", "delay", "session_id", "block_size", "parent_hash", "events", "data", "1e3", "2024-05-01T10:00:00Z", "key,size,time", "time,obj_id,obj_size",
    ];

    private readonly Random _random = new(seed);

    /// <summary>The input.</summary>
    public byte[] Make()
    {
        byte[] bytes = Any();
        for (int steps = _random.Next(MostSteps + 1); steps > 0; steps--)
        {
            bytes = Change(bytes);
        }

        return Dress(bytes.Length <= MostBytes ? bytes : bytes[..MostBytes]);
    }

    private byte[] Any() => sources[_random.Next(sources.Count)];

    private int Place(byte[] bytes) => _random.Next(bytes.Length + 1);

    private byte[] Change(byte[] bytes)
    {
        int at = Place(bytes);
        int length = Math.Min(bytes.Length - at, 1 + _random.Next(_random.Next(2) == 0 ? 4 : 200));
        switch (_random.Next(8))
        {
            case 0:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 1:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 2:
                return bytes[..at];
            case 3:
                byte[] other = Any();
                int from = Place(other);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + length)], .. bytes[at..]];
            case 4:
                return [.. bytes[..at], .. Encoding.UTF8.GetBytes(s_words[_random.Next(s_words.Length)]), .. bytes[(at + length)..]];
            case 5:
                return [.. bytes[..at], .. Enumerable.Repeat(bytes.AsSpan(at, length).ToArray(), _random.Next(200)).SelectMany(piece => piece), .. bytes[(at + length)..]];
            case 6:
                return Replace(bytes, (byte)",;\t :"[_random.Next(5)], (byte)",;\t \n"[_random.Next(5)]);
            default:
                byte[] flipped = [.. bytes];
                for (int i = 0; i < length && at + i < flipped.Length; i += 1 + _random.Next(8))
                {
                    flipped[at + i] ^= (byte)(1 << _random.Next(8));
                }

                return flipped;
        }
    }

    private static byte[] Replace(byte[] bytes, byte from, byte to) => [.. bytes.Select(letter => letter == from ? to : letter)];

    /// <summary>Packs or encodes some, and breaks what it packed.</summary>
    private byte[] Dress(byte[] bytes) => _random.Next(12) switch
    {
        0 => Change(Packed(bytes, stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))),
        1 => Change(Packed(bytes, stream => new CompressionStream(stream, leaveOpen: true))),
        2 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes)),
        3 => [.. Encoding.UTF8.Preamble, .. bytes],
        _ => bytes,
    };

    private static byte[] Packed(byte[] bytes, Func<Stream, Stream> pack)
    {
        var packed = new MemoryStream();
        using (Stream writer = pack(packed))
        {
            writer.Write(bytes);
        }

        return packed.ToArray();
    }
}
