using System.Numerics;

namespace Squelch;

/// <summary>
/// Takes some of the requests, for a cache that is smaller by the same share (miniature simulation; Waldspurger et al., USENIX ATC 2017), and makes them
/// short: a word for each group of pages, so that a shadow compares a few dozen words where the cache compares thousands of tokens. Requests that begin alike
/// are taken or left together, since they are what shares prefixes: turns of a session, as a rule.
/// </summary>
internal sealed class RequestSampler
{
    /// <summary>Words of an average request, at most.</summary>
    public const int Words = 64;

    /// <summary>So many pages name a beginning, or a group.</summary>
    private const int NamePages = 8;

    /// <summary>So many requests say how long requests are, and where they begin to differ.</summary>
    private const int Learned = 256;

    /// <summary>With fewer beginnings a sample says little of the rest.</summary>
    private const int FewestBeginnings = 16;

    /// <summary>So many beginnings tell requests apart well enough.</summary>
    private const int ManyBeginnings = 64;

    /// <summary>Where a name may begin, in pages.</summary>
    private static readonly int[] Offsets = [0, 8, 32, 128, 512, 2048, 8192];

    private readonly ulong[] _seen = new ulong[Offsets.Length * (Learned / 64)];
    private int[] _words = [];
    private long _pages;
    private int _requests;
    private int _offset = -1;
    private int _beginnings;

    /// <summary>Pages per word.</summary>
    public int GroupPages { get; private set; } = 1;

    /// <summary>Looks at one of the first requests.</summary>
    /// <returns>False where enough were looked at.</returns>
    public bool Learn(ReadOnlySpan<int> pages)
    {
        if (_requests == Learned || _offset >= 0)
        {
            return false;
        }

        _requests++;
        _pages += pages.Length;
        for (int i = 0; i < Offsets.Length && (i == 0 || Offsets[i] < pages.Length); i++)
        {
            ulong bit = Name(pages, Offsets[i]) % Learned;
            _seen[(i * (Learned / 64)) + (int)(bit / 64)] |= 1UL << (int)(bit % 64);
        }

        return true;
    }

    /// <summary>Settles on where names begin and how long groups are, by what was seen so far; once.</summary>
    public void Settle()
    {
        if (_offset >= 0)
        {
            return;
        }

        for (int i = 0; i < Offsets.Length && _beginnings < ManyBeginnings; i++)
        {
            int bits = 0;
            foreach (ulong seen in _seen.AsSpan(i * (Learned / 64), Learned / 64))
            {
                bits += BitOperations.PopCount(seen);
            }

            // Linear counting: names that fall on one bit are made up for (Whang et al., TODS 1990).
            int distinct = (int)(-Learned * Math.Log(1 - (Math.Min(bits, Learned - 1) / (double)Learned)));
            if (_offset < 0 || distinct > _beginnings)
            {
                (_offset, _beginnings) = (Offsets[i], distinct);
            }
        }

        GroupPages = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, _pages / Math.Max(1, _requests) / Words));
    }

    /// <summary>The share to take where this one would do: never so little that a few beginnings stand for all.</summary>
    public double Enough(double share) => Math.Min(1, Math.Max(share, (double)FewestBeginnings / Math.Max(1, _beginnings)));

    /// <summary>True for requests of the sample.</summary>
    public bool Takes(ReadOnlySpan<int> pages, double share)
        => share >= 1 || (HashMix.Finish(Name(pages, _offset)) >> 11) * (1.0 / (1UL << 53)) < share;

    /// <summary>The request in words, the last group left out where it is not full: it would not be found again by what goes on from it.</summary>
    /// <param name="request">The request; it gets the sizes that it has in words.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="pageTokens">Tokens per page.</param>
    public ReadOnlySpan<int> Shorten(ref RecordedRequest request, ReadOnlySpan<int> pages, int pageTokens)
    {
        if (GroupPages == 1)
        {
            return pages;
        }

        int full = request.Tokens / pageTokens;
        int words = full / GroupPages;
        int input = Math.Min(request.InputTokens / pageTokens, request.InputPages) / GroupPages;
        if (_words.Length < words)
        {
            _words = new int[(int)BitOperations.RoundUpToPowerOf2((uint)words)];
        }

        for (int i = 0; i < words; i++)
        {
            _words[i] = (int)HashMix.Fold(0, pages.Slice((i + 1) * GroupPages - Math.Min(GroupPages, NamePages), Math.Min(GroupPages, NamePages)));
        }

        int wordTokens = GroupPages * pageTokens;
        request = request with { Pages = words, InputPages = input, InputTokens = input * wordTokens, Tokens = words * wordTokens };
        return _words.AsSpan(0, words);
    }

    private static ulong Name(ReadOnlySpan<int> pages, int offset)
    {
        int from = Math.Min(offset, Math.Max(0, pages.Length - NamePages));
        return HashMix.Fold((ulong)from, pages[from..Math.Min(pages.Length, from + NamePages)]);
    }
}
