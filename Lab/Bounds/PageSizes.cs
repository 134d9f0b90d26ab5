namespace Squelch.Lab;

/// <summary>
/// The sizes that the last page of each prefix comes with. A page is full, or partial where a request ends; where one id comes with several sizes, a tree may
/// hold fewer tokens than the last request had.
/// </summary>
internal sealed class PageSizes
{
    private readonly FutureUses _uses;
    private readonly int _pageTokens;
    private readonly int[] _least;
    private readonly int[] _most;

    private PageSizes(FutureUses uses, int pageTokens)
    {
        (_uses, _pageTokens) = (uses, pageTokens);
        _least = new int[uses.Prefixes];
        _least.AsSpan().Fill(pageTokens);
        _most = new int[uses.Prefixes];
    }

    /// <summary>Reads a trace.</summary>
    public static PageSizes Of(Trace trace, FutureUses uses)
    {
        var sizes = new PageSizes(uses, trace.PageTokens);
        for (int i = 0; i < trace.Requests.Count; i++)
        {
            Request request = trace.Requests[i];
            sizes.See(uses.InputOf(i), request.ReusableInputTokens);
            sizes.See(uses.SequenceOf(i), request.ReusableTokens);
        }

        for (int prefix = 1; prefix < uses.Prefixes; prefix++)
        {
            // Whoever goes on has had the whole page.
            sizes._most[uses.Above(prefix)] = trace.PageTokens;
        }

        return sizes;
    }

    /// <summary>The least tokens that a tree holds of a request's sequence, once it was committed; 0 where its last page has several sizes.</summary>
    public long LeastTokens(int request)
    {
        int end = _uses.SequenceOf(request);
        if (_least[end] != _most[end])
        {
            return 0;
        }

        long tokens = 0;
        for (int prefix = end; prefix != FutureUses.Root; prefix = _uses.Above(prefix))
        {
            tokens += ((long)(_uses.Pages(prefix) - _uses.Pages(_uses.Above(prefix)) - 1) * _pageTokens) + _least[prefix];
        }

        return tokens;
    }

    private void See(int prefix, long tokens)
    {
        if (prefix == FutureUses.Root)
        {
            return;
        }

        int last = (int)Math.Clamp(tokens - ((long)(_uses.Pages(prefix) - 1) * _pageTokens), 0, _pageTokens);
        _least[prefix] = Math.Min(_least[prefix], last);
        _most[prefix] = Math.Max(_most[prefix], last);
    }
}
