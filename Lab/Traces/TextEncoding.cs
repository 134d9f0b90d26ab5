using System.Text;

namespace Squelch.Lab;

/// <summary>Texts of 16-bit units, as PowerShell and Excel write them, known by a byte order mark or by the zeros in their first characters.</summary>
internal static class TextEncoding
{
    private const int Telling = 16;

    /// <summary>How the text is encoded; null for UTF-8 and for what is no text.</summary>
    public static Encoding? Of(ReadOnlySpan<byte> head)
    {
        bool little = head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || IsWide(head, low: 0);
        bool big = head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || IsWide(head, low: 1);
        return little ? Encoding.Unicode : big ? Encoding.BigEndianUnicode : null;
    }

    /// <summary>True where the first characters are ASCII in two bytes each.</summary>
    private static bool IsWide(ReadOnlySpan<byte> head, int low)
    {
        if (head.Length < 4)
        {
            return false;
        }

        for (int i = 0; i + 1 < Math.Min(Telling, head.Length); i += 2)
        {
            byte letter = head[i + low];
            if (head[i + 1 - low] != 0 || letter > '~' || (letter < ' ' && letter is not ((byte)'\t' or (byte)'\r' or (byte)'\n')))
            {
                return false;
            }
        }

        return true;
    }
}
