using System.Runtime.InteropServices;

namespace Squelch.Native;

/// <summary>Memory that C may read after a call: no collection moves it. It grows, and never shrinks.</summary>
internal sealed unsafe class NativeBuffer<T> : IDisposable
    where T : unmanaged
{
    private int _capacity;

    public T* Pointer { get; private set; }

    /// <summary>Room for so many, in place of what was there.</summary>
    public Span<T> Take(int count)
    {
        if (count > _capacity)
        {
            int capacity = (int)Math.Max(16, Math.Min(int.MaxValue, count * 2L));
            Pointer = (T*)NativeMemory.Realloc(Pointer, checked((nuint)capacity * (nuint)sizeof(T)));
            _capacity = capacity;
        }

        return new(Pointer, count);
    }

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
        _capacity = 0;
    }
}
