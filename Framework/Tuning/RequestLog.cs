using System.Runtime.CompilerServices;

namespace Squelch;

/// <summary>
/// Requests in the order of their commits, within a bound of bytes: two rings, one of requests and one of their pages, which grow up to the bound and are
/// used again then. The pages of a request lie in one piece.
/// </summary>
/// <param name="mostBytes">The bound.</param>
/// <param name="keepsNewest">True to drop the oldest where the log is full, false to add no more.</param>
internal sealed class RequestLog(long mostBytes, bool keepsNewest)
{
    private const int FewestPages = 1 << 10;
    private const int FewestEntries = 1 << 4;

    private Entry[] _entries = [];
    private int[] _pages = [];
    private int _first;
    private int _end;

    /// <summary>Requests in it.</summary>
    public int Count { get; private set; }

    /// <summary>True where a request did not fit and nothing was dropped for it: what is there is a beginning.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes => Size(_entries.Length, _pages.Length);

    /// <summary>One of the requests, the oldest first.</summary>
    public ref readonly RecordedRequest this[int index] => ref At(index).Request;

    /// <summary>Its pages; valid until the next is added.</summary>
    public ReadOnlySpan<int> PagesOf(int index)
    {
        ref readonly Entry entry = ref At(index);
        return _pages.AsSpan(entry.Start, entry.Request.Pages);
    }

    /// <summary>Adds a request.</summary>
    public void Add(in RecordedRequest request, ReadOnlySpan<int> pages)
    {
        if (IsFull || pages.IsEmpty)
        {
            return;
        }

        if (!HasEntry() || !HasPages(pages.Length))
        {
            IsFull = !keepsNewest;
            return;
        }

        pages.CopyTo(_pages.AsSpan(_end));
        _entries[(_first + Count) % _entries.Length] = new(request, _end);
        Count++;
        _end += pages.Length;
    }

    /// <summary>Drops what is there, and its room.</summary>
    public void Clear()
    {
        (_entries, _pages, _first, _end, Count) = ([], [], 0, 0, 0);
    }

    private static long Size(int entries, int pages) => ((long)entries * Unsafe.SizeOf<Entry>()) + ((long)pages * sizeof(int));

    private ref readonly Entry At(int index) => ref _entries[(_first + index) % _entries.Length];

    /// <summary>Sees to it that one more request can be listed.</summary>
    private bool HasEntry()
    {
        if (Count < _entries.Length)
        {
            return true;
        }

        int larger = Math.Max(FewestEntries, Count * 2);
        if (Size(larger, Math.Max(FewestPages, _pages.Length)) <= mostBytes)
        {
            var entries = new Entry[larger];
            for (int i = 0; i < Count; i++)
            {
                entries[i] = At(i);
            }

            (_entries, _first) = (entries, 0);
            return true;
        }

        return keepsNewest && DropOldest();
    }

    /// <summary>Sees to it that so many pages can be written at the end.</summary>
    private bool HasPages(int pages)
    {
        while (true)
        {
            if (Count == 0)
            {
                (_first, _end) = (0, 0);
            }

            int oldest = Count == 0 ? 0 : At(0).Start;
            bool wrapped = Count > 0 && _end <= oldest;
            if ((wrapped ? oldest : _pages.Length) - _end >= pages || (!wrapped && Grow(_end + (long)pages)))
            {
                return true;
            }

            if (!keepsNewest)
            {
                return false;
            }

            if (!wrapped && oldest >= pages)
            {
                _end = 0;
                return true;
            }

            if (!DropOldest())
            {
                return false;
            }
        }
    }

    /// <summary>An eighth of the bound is left to the list, so that long requests do not take it all.</summary>
    private bool Grow(long pages)
    {
        long most = Math.Min(Math.Min(mostBytes - Size(_entries.Length, 0), mostBytes / 8 * 7) / sizeof(int), Array.MaxLength);
        if (pages > most)
        {
            return false;
        }

        int[] larger = GC.AllocateUninitializedArray<int>((int)Math.Min(most, Math.Max(FewestPages, Math.Max(pages, _pages.Length * 2L))));
        _pages.AsSpan(0, _end).CopyTo(larger);
        _pages = larger;
        return true;
    }

    private bool DropOldest()
    {
        if (Count == 0)
        {
            return false;
        }

        _first = (_first + 1) % _entries.Length;
        Count--;
        return true;
    }

    private readonly struct Entry(in RecordedRequest request, int start)
    {
        public readonly RecordedRequest Request = request;
        public readonly int Start = start;
    }
}
