namespace Squelch.Caching;

/// <summary>Entries by the time at which they are too old: a heap that knows each entry's place, so that one that leaves is taken out at once. Uses move an entry only when its turn comes.</summary>
internal sealed class ExpiryQueue<TKey, TValue>
{
    private Entry<TKey, TValue>[] _heap = [];

    public int Count { get; private set; }

    public void Add(Entry<TKey, TValue> entry)
    {
        if (Count == _heap.Length)
        {
            Array.Resize(ref _heap, Math.Max(16, 2 * Count));
        }

        entry.Expiry!.Scheduled = entry.Expiry.Due;
        Rise(Count++, entry);
    }

    public void Remove(Entry<TKey, TValue> entry)
    {
        int place = entry.Expiry!.Place;
        if (place < 0)
        {
            return;
        }

        entry.Expiry.Place = -1;
        Entry<TKey, TValue> last = _heap[--Count];
        _heap[Count] = null!;
        if (last != entry)
        {
            Rise(place, last);
            Sink(last.Expiry!.Place, last);
        }
    }

    /// <summary>An entry that is too old, or null. It stays until it is removed.</summary>
    public Entry<TKey, TValue>? FirstDue(long now)
    {
        while (Count > 0 && _heap[0].Expiry!.Scheduled <= now)
        {
            Entry<TKey, TValue> first = _heap[0];
            if (first.Expiry!.Due <= now)
            {
                return first;
            }

            // It was used since.
            first.Expiry.Scheduled = first.Expiry.Due;
            Sink(0, first);
        }

        return null;
    }

    private void Rise(int place, Entry<TKey, TValue> entry)
    {
        while (place > 0 && _heap[(place - 1) / 2].Expiry!.Scheduled > entry.Expiry!.Scheduled)
        {
            Put(place, _heap[(place - 1) / 2]);
            place = (place - 1) / 2;
        }

        Put(place, entry);
    }

    private void Sink(int place, Entry<TKey, TValue> entry)
    {
        while ((2 * place) + 1 < Count)
        {
            int child = (2 * place) + 1;
            if (child + 1 < Count && _heap[child + 1].Expiry!.Scheduled < _heap[child].Expiry!.Scheduled)
            {
                child++;
            }

            if (_heap[child].Expiry!.Scheduled >= entry.Expiry!.Scheduled)
            {
                break;
            }

            Put(place, _heap[child]);
            place = child;
        }

        Put(place, entry);
    }

    private void Put(int place, Entry<TKey, TValue> entry)
    {
        _heap[place] = entry;
        entry.Expiry!.Place = place;
    }
}
