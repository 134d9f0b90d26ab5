using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.ML.Tokenizers;

namespace Squelch.Tool;

/// <summary>
/// Tokens of o200k_base. Runs of letters, of spaces or of signs are cut after 512 characters, because the time for a run grows with the square of its
/// length; text that people write has no such runs.
/// </summary>
/// <param name="cancellation">Stops it.</param>
internal sealed class ChatTokens(CancellationToken cancellation)
{
    private const int LongestRun = 512;

    /// <summary>Characters of text whose tokens are kept: conversations repeat system prompts, and often all that was said before.</summary>
    private const long MostKept = 1 << 25;

    private static readonly Lazy<Tokenizer> s_tokenizer = new(() => TiktokenTokenizer.CreateForEncoding("o200k_base"));

    private readonly ConcurrentDictionary<string, int[]> _known = new(StringComparer.Ordinal);
    private long _kept;

    private enum Kind
    {
        Letter,
        Digit,
        Space,
        Sign,
    }

    /// <summary>The tokens of a text. Threads may ask at the same time.</summary>
    public int[] Of(string text)
    {
        if (_known.TryGetValue(text, out int[]? tokens))
        {
            return tokens;
        }

        tokens = Encode(text);
        if (Interlocked.Add(ref _kept, text.Length) > MostKept)
        {
            _known.Clear();
            Interlocked.Exchange(ref _kept, text.Length);
        }

        _known[text] = tokens;
        return tokens;
    }

    private int[] Encode(string text)
    {
        List<int> tokens = [];
        int begin = 0;
        int run = 0;
        var kind = Kind.Sign;
        for (int at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out Rune letter, out int length);
            Kind next = KindOf(letter);
            if (next != kind)
            {
                (kind, run) = (next, at);
            }
            else if (at - run >= LongestRun)
            {
                tokens.AddRange(Piece(text.AsSpan(begin..at)));
                (begin, run) = (at, at);
            }

            at += length;
        }

        tokens.AddRange(Piece(text.AsSpan(begin)));
        return [.. tokens];
    }

    private IReadOnlyList<int> Piece(ReadOnlySpan<char> text)
    {
        cancellation.ThrowIfCancellationRequested();
        return s_tokenizer.Value.EncodeToIds(text);
    }

    private static Kind KindOf(Rune letter) => Rune.IsWhiteSpace(letter) ? Kind.Space : Rune.GetUnicodeCategory(letter) switch
    {
        <= UnicodeCategory.EnclosingMark => Kind.Letter,
        <= UnicodeCategory.OtherNumber => Kind.Digit,
        _ => Kind.Sign,
    };
}
