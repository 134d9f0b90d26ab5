namespace Squelch.Lab;

/// <summary>Files that people have, that are no traces, and what to do with them.</summary>
internal static class ForeignFile
{
    /// <summary>How many of the first bytes tell.</summary>
    public const int MarkBytes = 512;

    private static readonly (int At, byte[] Mark, string What, string Remedy)[] s_known =
    [
        (0, [.. "BZh"u8], "it is packed with bzip2, which is not read", "Unpack it (bunzip2), or pack it again with gzip or zstd"),
        (0, [0xFD, .. "7zXZ"u8, 0], "it is packed with xz, which is not read", "Unpack it (unxz), or pack it again with gzip or zstd"),
        (0, [0x04, 0x22, 0x4D, 0x18], "it is packed with lz4, which is not read", "Unpack it (unlz4), or pack it again with gzip or zstd"),
        (0, [.. "PK\x03\x04"u8], "it is a zip archive", "Unpack it (unzip), and give the files inside"),
        (0, [.. "7z\xBC\xAF\x27\x1C"u8], "it is a 7z archive", "Unpack it (7z x), and give the files inside"),
        (257, [.. "ustar"u8], "it is a tar archive", "Unpack it (tar xf), and give the files inside"),
        (0, [.. "PAR1"u8], "it is a Parquet file, which is not read", "Write JSON lines or CSV: duckdb -c \"COPY (FROM 'x.parquet') TO 'x.csv'\""),
        (0, [.. "ARROW1"u8], "it is an Arrow file, which is not read", "Write JSON lines or CSV of it"),
        (0, [.. "SQLite format 3"u8], "it is an SQLite database, which is not read", "Write CSV: sqlite3 -csv x.db \"SELECT ..\" > x.csv"),
        (0, [0x89, .. "HDF\r\n"u8], "it is an HDF5 file, which is not read", "Write JSON lines or CSV of it"),
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

        return null;
    }
}
