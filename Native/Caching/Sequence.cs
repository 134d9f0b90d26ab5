using System.Runtime.CompilerServices;

namespace Squelch.Native;

/// <summary>The numbers of a sequence's pages, as C hands them in.</summary>
/// <param name="Ids">Where they lie.</param>
/// <param name="Width">Bytes per number.</param>
/// <param name="Count">Pages.</param>
/// <param name="Tokens">Tokens where the last page is partial, else 0.</param>
internal readonly unsafe record struct Sequence(nint Ids, int Width, long Count, int Tokens)
{
    /// <summary>The numbers as the tree takes them; those of 8 bytes are brought to 4 in the buffer.</summary>
    /// <exception cref="Fault">They cannot be.</exception>
    public ReadOnlySpan<int> Read(int pageTokens, NativeBuffer<int> buffer)
    {
        if (Width is not (4 or 8))
        {
            throw Fault.Argument($"Numbers of {Width} bytes are not known. Pass width 4 for int32_t, or 8 for int64_t.");
        }

        if (Count < 0 || Count > int.MaxValue / pageTokens || (Ids == 0 && Count > 0))
        {
            throw Fault.Argument($"A sequence of {Count} pages at {(Ids == 0 ? "NULL" : "an address")} cannot be read. Pass the numbers of 0 to {int.MaxValue / pageTokens} pages.");
        }

        long most = Count * pageTokens;
        if (Tokens < 0 || Tokens > most || (Tokens > 0 && Tokens <= most - pageTokens))
        {
            throw Fault.Argument($"{Tokens} tokens do not fit {Count} pages of {pageTokens}: all pages but the last are full. Pass 0 where the last one is full, too.");
        }

        return Width == 4 ? new((void*)Ids, (int)Count) : Narrow(buffer.Take((int)Count));
    }

    private ReadOnlySpan<int> Narrow(Span<int> narrow)
    {
        byte* wide = (byte*)Ids;
        long lost = 0;
        for (int i = 0; i < narrow.Length; i++)
        {
            long id = Unsafe.ReadUnaligned<long>(wide + (8L * i));
            narrow[i] = (int)id;
            lost |= id ^ narrow[i];
        }

        return lost == 0
            ? narrow
            : throw Fault.Argument($"A number of the sequence is not within {int.MinValue} to {int.MaxValue}. Give hashes numbers of their own, and pass those.");
    }
}
