using System.Text;

namespace Squelch.Lab;

/// <summary>Files that people have, that are no traces, and what to do with them.</summary>
internal static class ForeignFile
{
    /// <summary>How many of the first bytes tell.</summary>
    public const int MarkBytes = 512;

    private const string UnpackZlib = "Unpack it (in Python, zlib.decompress), or pack it again with gzip or zstd";

    /// <summary>How pages of the web begin, and other XML.</summary>
    private static readonly string[] s_pages = ["<!doctype", "<html", "<?xml"];

    private static readonly (int At, byte[] Mark, string What, string Remedy)[] s_known =
    [
        (0, [.. "BZh"u8], "it is packed with bzip2, which is not read", "Unpack it (bunzip2), or pack it again with gzip or zstd"),
        (0, [0xFD, .. "7zXZ"u8, 0], "it is packed with xz, which is not read", "Unpack it (unxz), or pack it again with gzip or zstd"),
        (0, [0x04, 0x22, 0x4D, 0x18], "it is packed with lz4, which is not read", "Unpack it (unlz4), or pack it again with gzip or zstd"),
        (0, [0x1F, 0x9D], "it is packed with compress (.Z), which is not read", "Unpack it (uncompress), or pack it again with gzip or zstd"),
        (0, [0x5D, 0, 0], "it is packed with lzma, which is not read", "Unpack it (unlzma), or pack it again with gzip or zstd"),
        (0, [0x78, 0x01], "it is packed with zlib, which is not read", UnpackZlib),
        (0, [0x78, 0x9C], "it is packed with zlib, which is not read", UnpackZlib),
        (0, [0x78, 0xDA], "it is packed with zlib, which is not read", UnpackZlib),
        (0, [.. "PK\x03\x04"u8], "it is a zip archive", "Unpack it (unzip), and give the files inside"),
        (0, [.. "7z\xBC\xAF\x27\x1C"u8], "it is a 7z archive", "Unpack it (7z x), and give the files inside"),
        (257, [.. "ustar"u8], "it is a tar archive", "Unpack it (tar xf), and give the files inside"),
        (0, [.. "PAR1"u8], "it is a Parquet file, which is not read", "Write JSON lines or CSV: duckdb -c \"COPY (FROM 'x.parquet') TO 'x.csv'\""),
        (0, [.. "ARROW1"u8], "it is an Arrow file, which is not read", "Write JSON lines or CSV of it"),
        (0, [.. "SQLite format 3"u8], "it is an SQLite database, which is not read", "Write CSV: sqlite3 -csv x.db \"SELECT ..\" > x.csv"),
        (0, [0x89, .. "HDF\r\n"u8], "it is an HDF5 file, which is not read", "Write JSON lines or CSV of it"),
        (0, [0xF0, 0xDE, 0xBC, 0x9A, 0x78, 0x56, 0x34, 0x12], "it is an lcs file of libCacheSim, which is not read", "Write oracleGeneral or CSV of it with libCacheSim's traceConv"),
        (0, [0xFF, 0xFE, 0, 0], "it is text in UTF-32, which is not read", "Write it as UTF-8"),
        (0, [.. "version https://git-lfs"u8], "it is no trace, but a pointer of Git LFS to one", "Get the file itself: git lfs pull"),
        (0, [.. "%PDF-"u8], "it is a PDF", "Give a trace"),
    ];

    /// <summary>What a file is that begins so, and what to do; null where it may be a trace.</summary>
    public static (string What, string Remedy)? Find(ReadOnlySpan<byte> head)
    {
        foreach ((int at, byte[] mark, string what, string remedy) in s_known)
        {
            if (head.Length >= at && head[at..].StartsWith(mark))
            {
                return (what, remedy);
            }
        }

        ReadOnlySpan<byte> text = head.StartsWith("\uFEFF"u8) ? head["\uFEFF"u8.Length..] : head;
        text = text.TrimStart(" \t\r\n"u8);
        string beginning = Encoding.ASCII.GetString(text[..Math.Min(text.Length, 16)]);
        return Array.Exists(s_pages, page => beginning.StartsWith(page, StringComparison.OrdinalIgnoreCase))
            ? ("it is a web page or other XML, as servers send where a download fails", "Open it to see what it says, and download the trace again")
            : null;
    }

    /// <summary>What a file is that is packed once more inside, and what to do; null where it is not.</summary>
    /// <param name="packing">How it is packed; empty where it is not.</param>
    /// <param name="head">Its first bytes, unpacked.</param>
    public static (string What, string Remedy)? FindPackedAgain(string packing, ReadOnlySpan<byte> head)
        => packing.Length > 0 && Packing.Of(head) is { Length: > 0 } inner ? ($"it is packed twice: {inner} in {packing}", $"Unpack it once ({packing} -d)") : null;
}
