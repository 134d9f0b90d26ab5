using System.IO.Compression;
using ZstdSharp;

namespace Squelch.Lab;

/// <summary>Compressed files: gzip and zstd, known by their first bytes when read and by their names when written.</summary>
internal static class Packing
{
    /// <summary>How many of the first bytes tell.</summary>
    public const int MarkBytes = 4;

    /// <summary>The name of gzip.</summary>
    public const string Gzip = "gzip";

    private const string Zstd = "zstd";

    /// <summary>How a file is packed that begins so; empty where it is not.</summary>
    public static string Of(ReadOnlySpan<byte> mark)
        => mark.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? Gzip : mark.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]) || IsSkippableFrame(mark) ? Zstd : "";

    /// <summary>zstd files may begin with frames that hold no data (RFC 8878, section 3.1.2), as those of pzstd do.</summary>
    private static bool IsSkippableFrame(ReadOnlySpan<byte> mark) => mark.Length >= 4 && mark[0] is >= 0x50 and <= 0x5F && mark[1..].StartsWith((ReadOnlySpan<byte>)[0x2A, 0x4D, 0x18]);

    /// <summary>The plain bytes.</summary>
    public static Stream Unpack(string packing, Stream stream) => packing switch { Gzip => new GzipText(stream), Zstd => new ZstdText(stream), _ => stream };

    /// <summary>Packs what is written, where the name asks for it; null where it stays plain. The stream beneath stays open.</summary>
    public static Stream? Pack(string path, Stream stream)
        => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)
            : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? new CompressionStream(stream, leaveOpen: true)
            : null;

    /// <summary>The path without the extension of a packed file.</summary>
    public static string NameInside(string path)
        => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
}
