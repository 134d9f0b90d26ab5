namespace Squelch;

/// <summary>
/// The runs of pages of all edges. An edge is a ring of segments (a node holds its last one, whose successor is the first); a segment is an
/// interval of <see cref="TokenSlabs"/>. Joining two edges links two rings, splitting one cuts a segment: neither copies a page.
/// </summary>
/// <param name="slabBits">Pages of a slab, as a power of two.</param>
internal sealed class Edges(int slabBits = TokenSlabs.UsualBits)
{
    private const int None = -1;

    private readonly TokenSlabs _slabs = new(slabBits);
    private int[] _start = [];
    private int[] _length = [];
    private int[] _next = [];
    private int _free = None;

    /// <summary>Bytes per segment, besides its pages.</summary>
    public const int BytesPerSegment = 3 * sizeof(int);

    /// <summary>Segments there is room for.</summary>
    public int Capacity => _start.Length;

    /// <summary>Bytes of the slabs.</summary>
    public long PageBytes => _slabs.Bytes;

    /// <summary>A new edge with these pages; at least one.</summary>
    /// <returns>Its last segment.</returns>
    public int Add(ReadOnlySpan<int> pages)
    {
        int first = None;
        int last = None;
        while (!pages.IsEmpty)
        {
            int start = _slabs.Take(pages.Length, out int length);
            pages[..length].CopyTo(_slabs.Pages(start, length));
            pages = pages[length..];
            int segment = NewSegment(start, length);
            if (last == None)
            {
                first = segment;
            }
            else
            {
                _next[last] = segment;
            }

            last = segment;
        }

        _next[last] = first;
        return last;
    }

    /// <summary>Gives an edge's pages and segments back.</summary>
    public void Remove(int last)
    {
        int segment = _next[last];
        while (true)
        {
            int next = _next[segment];
            _slabs.Give(_start[segment], _length[segment]);
            _next[segment] = _free;
            _free = segment;
            if (segment == last)
            {
                return;
            }

            segment = next;
        }
    }

    /// <summary>The edge that is <paramref name="upper"/> followed by <paramref name="lower"/>.</summary>
    public int Join(int upper, int lower)
    {
        // Rings: swapping the successors of the two last segments joins them, front of upper first.
        (_next[upper], _next[lower]) = (_next[lower], _next[upper]);

        // Pages of one request lie side by side: make one segment of them again.
        int second = _next[upper];
        if (_start[upper] + _length[upper] == _start[second] && !_slabs.IsSlabStart(_start[second]))
        {
            _length[upper] += _length[second];
            _next[upper] = _next[second];
            bool wasLast = second == lower;
            _next[second] = _free;
            _free = second;
            return wasLast ? upper : lower;
        }

        return lower;
    }

    /// <summary>Cuts an edge after <paramref name="pages"/> pages, which are fewer than it has.</summary>
    public void Split(int last, int pages, out int upperLast, out int lowerLast)
    {
        int first = _next[last];
        int segment = first;
        while (pages > _length[segment])
        {
            pages -= _length[segment];
            segment = _next[segment];
        }

        int lowerFirst;
        if (pages == _length[segment])
        {
            lowerFirst = _next[segment];
            lowerLast = last;
        }
        else
        {
            lowerFirst = NewSegment(_start[segment] + pages, _length[segment] - pages);
            _length[segment] = pages;
            _next[lowerFirst] = _next[segment];
            lowerLast = segment == last ? lowerFirst : last;
        }

        upperLast = segment;
        _next[upperLast] = first;
        _next[lowerLast] = lowerFirst;
    }

    /// <summary>The edge's page at an index.</summary>
    public int Page(int last, int index)
    {
        int segment = _next[last];
        while (index >= _length[segment])
        {
            index -= _length[segment];
            segment = _next[segment];
        }

        return _slabs.Pages(_start[segment], _length[segment])[index];
    }

    /// <summary>A hash of the edge's first pages, as of one span: <see cref="HashMix.Fold(ulong, ReadOnlySpan{int})"/>.</summary>
    public ulong Fold(int last, int pages)
    {
        ulong hash = 0;
        int segment = _next[last];
        while (pages > _length[segment])
        {
            hash = HashMix.Fold(hash, _slabs.Pages(_start[segment], _length[segment]));
            pages -= _length[segment];
            segment = _next[segment];
        }

        return HashMix.Fold(hash, _slabs.Pages(_start[segment], pages));
    }

    /// <summary>How many of <paramref name="pages"/> equal the edge's pages from index <paramref name="from"/> on.</summary>
    public int Match(int last, int from, ReadOnlySpan<int> pages)
    {
        int segment = _next[last];
        while (from >= _length[segment])
        {
            if (segment == last)
            {
                return 0;
            }

            from -= _length[segment];
            segment = _next[segment];
        }

        int matched = 0;
        while (true)
        {
            ReadOnlySpan<int> held = _slabs.Pages(_start[segment], _length[segment])[from..];
            int length = Math.Min(held.Length, pages.Length);
            held = held[..length];

            // Most segments match whole, and equality is the faster of the two to see.
            int common = held.SequenceEqual(pages[..length]) ? length : held.CommonPrefixLength(pages[..length]);
            matched += common;
            if (common < length || length == pages.Length || segment == last)
            {
                return matched;
            }

            pages = pages[length..];
            from = 0;
            segment = _next[segment];
        }
    }

    /// <summary>Copies all pages of an edge.</summary>
    public void CopyTo(int last, Span<int> target)
    {
        int segment = _next[last];
        while (true)
        {
            Span<int> held = _slabs.Pages(_start[segment], _length[segment]);
            held.CopyTo(target);
            target = target[held.Length..];
            if (segment == last)
            {
                return;
            }

            segment = _next[segment];
        }
    }

    private int NewSegment(int start, int length)
    {
        if (_free == None)
        {
            int old = _start.Length;
            int capacity = Math.Max(64, old + (old / 2));
            Array.Resize(ref _start, capacity);
            Array.Resize(ref _length, capacity);
            Array.Resize(ref _next, capacity);
            for (int segment = capacity - 1; segment >= old; segment--)
            {
                _next[segment] = _free;
                _free = segment;
            }
        }

        int taken = _free;
        _free = _next[taken];
        _start[taken] = start;
        _length[taken] = length;
        _next[taken] = taken;
        return taken;
    }
}
