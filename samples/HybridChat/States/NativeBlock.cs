using System.Runtime.InteropServices;

namespace HybridChat;

/// <summary>Bytes outside the managed heap, which are counted: whoever makes one disposes it.</summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private static long s_held;

    public NativeBlock(int length)
    {
        Pointer = (byte*)NativeMemory.Alloc((nuint)length);
        Length = length;
        Interlocked.Add(ref s_held, length);
    }

    /// <summary>Bytes of all blocks that are not disposed.</summary>
    public static long Held => Interlocked.Read(ref s_held);

    public byte* Pointer { get; private set; }

    public int Length { get; private set; }

    public Span<byte> Bytes => new(Pointer, Length);

    public void Dispose()
    {
        NativeMemory.Free(Pointer);
        Interlocked.Add(ref s_held, -Length);
        Pointer = null;
        Length = 0;
    }
}
