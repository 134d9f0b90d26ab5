using System.Buffers;

namespace Squelch.Lab;

/// <summary>A growing array from the pool.</summary>
internal sealed class PooledBuffer<T> : IDisposable
    where T : unmanaged
{
    public T[] Items { get; private set; } = [];

    /// <summary>Makes room for so many items; the first <paramref name="keep"/> stay.</summary>
    public T[] Reserve(int count, int keep = 0)
    {
        if (Items.Length < count)
        {
            T[] larger = ArrayPool<T>.Shared.Rent(count);
            Items.AsSpan(0, keep).CopyTo(larger);
            Dispose();
            Items = larger;
        }

        return Items;
    }

    public void Dispose()
    {
        if (Items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(Items);
            Items = [];
        }
    }
}
