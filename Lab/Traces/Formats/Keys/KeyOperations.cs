namespace Squelch.Lab;

/// <summary>
/// What a line does with its key. Reads are requests. Reads and writes of blocks both are: a write, too, goes through the cache. What sets or deletes a
/// value is no lookup, as in the simulators of CacheLib and Caffeine.
/// </summary>
internal static class KeyOperations
{
    private static readonly byte[][] s_requests = Bytes("get", "gets", "read", "r", "get_lease", "mget", "head", "true", "write", "w", "rs", "ws", "readonly");

    private static readonly byte[][] s_others = Bytes(
        "set", "delete", "del", "add", "replace", "cas", "append", "prepend", "incr", "decr", "set_lease", "put", "post", "patch", "remove", "insert", "update", "touch", "evict", "flush", "false");

    /// <summary>How many words there are that are no requests.</summary>
    public static int Others => s_others.Length;

    /// <summary>True for a word that is known.</summary>
    public static bool Knows(ReadOnlySpan<byte> word) => IsRequest(word) || OtherOf(word) >= 0;

    /// <summary>True for an operation that asks for the key.</summary>
    public static bool IsRequest(ReadOnlySpan<byte> word) => Find(s_requests, word) >= 0;

    /// <summary>The number of an operation that is no request, or -1.</summary>
    public static int OtherOf(ReadOnlySpan<byte> word) => Find(s_others, word);

    /// <summary>An operation that is no request.</summary>
    public static string Word(int other) => System.Text.Encoding.ASCII.GetString(s_others[other]);

    private static int Find(byte[][] words, ReadOnlySpan<byte> word)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (word.Length == words[i].Length && System.Text.Ascii.EqualsIgnoreCase(word, words[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static byte[][] Bytes(params ReadOnlySpan<string> words)
    {
        var bytes = new byte[words.Length][];
        for (int i = 0; i < words.Length; i++)
        {
            bytes[i] = System.Text.Encoding.ASCII.GetBytes(words[i]);
        }

        return bytes;
    }
}
