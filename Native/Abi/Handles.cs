using System.Diagnostics;

namespace Squelch.Native;

/// <summary>
/// Numbers for open objects: the library's mark (24 bits), a slot (16) and the slot's generation (24). Any other number is refused, so that C cannot
/// crash us with one.
/// </summary>
internal static unsafe class Handles
{
    private const int SlotBits = 16;
    private const int GenerationBits = 24;
    private const int MostOpen = 1 << SlotBits;

    private static readonly Lock s_gate = new();
    private static readonly Stack<int> s_free = new();

    // Tells the libraries of one process apart: they lie at different addresses, and begin at different times.
    private static readonly ulong s_mark = 1 + (HashMix((ulong)(nint)(delegate*<Exception, int>)&LastError.Of ^ (ulong)Stopwatch.GetTimestamp()) % ((1UL << 24) - 1));
    private static OpenObject?[] s_open = new OpenObject?[16];
    private static int[] s_generations = new int[16];
    private static int s_used;

    /// <summary>Gives an object its handle.</summary>
    public static ulong Open(OpenObject value)
    {
        lock (s_gate)
        {
            int slot = s_free.TryPop(out int free) ? free : Append();
            int generation = s_generations[slot] = (s_generations[slot] + 1) & ((1 << GenerationBits) - 1);
            value.Handle = (s_mark << (SlotBits + GenerationBits)) | ((ulong)slot << GenerationBits) | (uint)generation;
            Volatile.Write(ref s_open[slot], value);
            return value.Handle;
        }
    }

    /// <summary>The object of a handle, for this caller alone until it calls <see cref="OpenObject.Exit"/>.</summary>
    /// <exception cref="Fault">There is none of that kind, or somebody is within it.</exception>
    public static T Enter<T>(ulong handle, string kind)
        where T : OpenObject
    {
        OpenObject?[] open = Volatile.Read(ref s_open);
        int slot = Slot(handle);
        OpenObject? found = slot < open.Length ? Volatile.Read(ref open[slot]) : null;
        if (found is null || found.Handle != handle)
        {
            throw Closed(handle, kind);
        }

        if (found is not T value)
        {
            throw Fault.State($"This is the handle of a {found.Kind}, not of a {kind}; pass the number that sq_{kind}_open gave.");
        }

        if (!value.TryEnter())
        {
            throw Fault.State($"The {kind} is in the middle of another call. It takes one caller at a time: put a lock around it, or open one {kind} per thread.");
        }

        if (value.Handle != handle)
        {
            // It was closed between the look and the entry.
            value.Exit();
            throw Closed(handle, kind);
        }

        return value;
    }

    /// <summary>Makes the handle of an object that was entered mean nothing.</summary>
    public static void Close(OpenObject value)
    {
        lock (s_gate)
        {
            int slot = Slot(value.Handle);
            value.Handle = 0;
            s_open[slot] = null;
            s_free.Push(slot);
        }
    }

    private static Fault Closed(ulong handle, string kind) => Fault.State(
        handle == 0 ? $"0 is not the handle of a {kind}; pass the number that sq_{kind}_open gave."
        : handle >> (SlotBits + GenerationBits) != s_mark ? $"This is no handle of this library; pass the number that its own sq_{kind}_open gave."
        : $"This {kind} is closed; open another one.");

    private static int Slot(ulong handle) => (int)(handle >> GenerationBits) & (MostOpen - 1);

    private static int Append()
    {
        if (s_used == MostOpen)
        {
            throw Fault.State($"{MostOpen:N0} caches and pools are open, which is the most there can be; close those that are no longer used.");
        }

        if (s_used == s_open.Length)
        {
            Array.Resize(ref s_generations, s_used * 2);
            OpenObject?[] grown = new OpenObject?[s_used * 2];
            s_open.CopyTo(grown, 0);
            Volatile.Write(ref s_open, grown);
        }

        return s_used++;
    }

    /// <summary>The finalizer of MurmurHash3.</summary>
    private static ulong HashMix(ulong value)
    {
        value = (value ^ (value >> 33)) * 0xff51afd7ed558ccd;
        value = (value ^ (value >> 33)) * 0xc4ceb9fe1a85ec53;
        return value ^ (value >> 33);
    }
}
