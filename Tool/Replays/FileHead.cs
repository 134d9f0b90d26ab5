using System.Text;

namespace Squelch.Tool;

/// <summary>The beginning of a file as text, to see what it is.</summary>
internal static class FileHead
{
    /// <summary>The first bytes of a file, unpacked; null where they cannot be read: whoever reads the file in earnest says why.</summary>
    public static string? Of(string path, int bytes)
    {
        try
        {
            using Stream plain = TraceReader.OpenPlain(path);
            byte[] head = new byte[bytes];
            return Encoding.UTF8.GetString(head, 0, plain.ReadAtLeast(head, bytes, throwOnEndOfStream: false));
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
