using System.Runtime.CompilerServices;

namespace Squelch;

/// <summary>Requests in the order of their commits, within a bound of bytes. Once a request does not fit, none is added.</summary>
/// <param name="mostBytes">The bound.</param>
internal sealed class RequestLog(long mostBytes)
{
    private const int FewestPages = 1 << 10;
    private const int FewestEntries = 1 << 4;

    private Entry[] _entries = [];
    private int[] _pages = [];
    private int _end;

    /// <summary>Requests in it.</summary>
    public int Count { get; private set; }

    /// <summary>True where a request did not fit: what is there is a beginning.</summary>
    public bool IsFull { get; private set; }

    /// <summary>Bytes taken.</summary>
    public long Bytes => Size(_entries.Length, _pages.Length);

    /// <summary>One of the requests, the oldest first.</summary>
    public ref readonly RecordedRequest this[int index] => ref _entries[index].Request;

    /// <summary>Its pages; valid until the next is added.</summary>
    public ReadOnlySpan<int> PagesOf(int index) => _pages.AsSpan(_entries[index].Start, _entries[index].Request.Pages);

    /// <summary>Adds a request.</summary>
    public void Add(in RecordedRequest request, ReadOnlySpan<int> pages)
    {
        if (IsFull || pages.IsEmpty)
        {
            return;
        }

        if (!HasEntry() || !HasPages(_end + (long)pages.Length))
        {
            IsFull = true;
            return;
        }

        pages.CopyTo(_pages.AsSpan(_end));
        _entries[Count++] = new(request, _end);
        _end += pages.Length;
    }

    /// <summary>Begins anew, in the room that there is.</summary>
    public void Restart() => (_end, Count, IsFull) = (0, 0, false);

    /// <summary>Drops what is there, and its room.</summary>
    public void Clear() => (_entries, _pages, _end, Count) = ([], [], 0, 0);

    private static long Size(int entries, int pages) => ((long)entries * Unsafe.SizeOf<Entry>()) + ((long)pages * sizeof(int));

    /// <summary>Sees to it that one more request can be listed.</summary>
    private bool HasEntry()
    {
        int larger = Math.Max(FewestEntries, Count * 2);
        if (Count == _entries.Length && Size(larger, Math.Max(FewestPages, _pages.Length)) <= mostBytes)
        {
            Array.Resize(ref _entries, larger);
        }

        return Count < _entries.Length;
    }

    /// <summary>Sees to it that there are so many pages. An eighth of the bound is left to the list, so that long requests do not take it all.</summary>
    private bool HasPages(long pages)
    {
        long most = Math.Min(Math.Min(mostBytes - Size(_entries.Length, 0), mostBytes / 8 * 7) / sizeof(int), Array.MaxLength);
        if (pages > _pages.Length && pages <= most)
        {
            int[] larger = GC.AllocateUninitializedArray<int>((int)Math.Min(most, Math.Max(FewestPages, Math.Max(pages, _pages.Length * 2L))));
            _pages.AsSpan(0, _end).CopyTo(larger);
            _pages = larger;
        }

        return pages <= _pages.Length;
    }

    private readonly struct Entry(in RecordedRequest request, int start)
    {
        public readonly RecordedRequest Request = request;
        public readonly int Start = start;
    }
}
