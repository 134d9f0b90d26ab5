using System.IO.Compression;
using ZstdSharp;

namespace Squelch;

/// <summary>Compressed files: gzip and zstd, known by their first bytes when read and by their names when written.</summary>
internal static class Packing
{
    /// <summary>The plain bytes.</summary>
    public static Stream Unpack(PeekedStream stream)
        => stream.StartsWith(0x1F, 0x8B) ? new GzipText(stream)
            : stream.StartsWith(0x28, 0xB5) ? new ZstdText(stream)
            : stream;

    /// <summary>Packs what is written, where the name asks for it; null where it stays plain. The stream beneath stays open.</summary>
    public static Stream? Pack(string path, Stream stream)
        => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true)
            : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? new CompressionStream(stream, leaveOpen: true)
            : null;

    /// <summary>The path without the extension of a packed file.</summary>
    public static string NameInside(string path)
        => path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path.EndsWith(".zst", StringComparison.OrdinalIgnoreCase) ? path[..^4] : path;
}
