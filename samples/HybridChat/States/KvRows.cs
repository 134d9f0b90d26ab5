namespace HybridChat;

/// <summary>The KV of a run of tokens, plane by plane, and nothing else.</summary>
internal sealed unsafe class KvRows : IDisposable
{
    private readonly KvLayout _layout;
    private readonly NativeBlock _block;

    private KvRows(KvLayout layout, int tokens)
    {
        _layout = layout;
        Tokens = tokens;
        _block = new(layout.BytesPerToken * tokens);
    }

    public int Tokens { get; }

    public int Bytes => _block.Length;

    /// <summary>The KV of the tokens from one up to another of a saved sequence.</summary>
    public static KvRows Of(KvLayout layout, NativeBlock states, int from, int to)
    {
        int begin = KvLayout.PlanesBegin(states.Bytes, out int tokens);
        var rows = new KvRows(layout, to - from);
        layout.Copy(states.Pointer + begin, tokens, from, hasHeads: true, rows._block.Pointer, rows.Tokens, 0, rows.Tokens);
        return rows;
    }

    /// <summary>Two runs as one; both are disposed.</summary>
    public static KvRows Join(KvRows front, KvRows back)
    {
        var rows = new KvRows(front._layout, front.Tokens + back.Tokens);
        front.CopyTo(rows._block.Pointer, rows.Tokens, 0, hasHeads: false);
        back.CopyTo(rows._block.Pointer, rows.Tokens, front.Tokens, hasHeads: false);
        front.Dispose();
        back.Dispose();
        return rows;
    }

    /// <summary>The first tokens, and the others; the run is disposed.</summary>
    public (KvRows Front, KvRows Back) Split(int tokens)
    {
        var front = new KvRows(_layout, tokens);
        var back = new KvRows(_layout, Tokens - tokens);
        _layout.Copy(_block.Pointer, Tokens, 0, hasHeads: false, front._block.Pointer, front.Tokens, 0, front.Tokens);
        _layout.Copy(_block.Pointer, Tokens, tokens, hasHeads: false, back._block.Pointer, back.Tokens, 0, back.Tokens);
        Dispose();
        return (front, back);
    }

    /// <summary>A sequence as llama.cpp restores it: these runs, one behind the other, and recurrent states as they are saved alone.</summary>
    public static NativeBlock Sequence(KvLayout layout, IReadOnlyList<KvRows> runs, NativeBlock recurrent)
    {
        int tokens = runs.Sum(run => run.Tokens);
        var states = new NativeBlock(layout.FrameBytes(tokens) + layout.HeadBytes + (layout.BytesPerToken * tokens) + recurrent.Length - KvLayout.RecurrentHead);
        int begin = layout.WriteFrame(states.Bytes, tokens, recurrent.Bytes[KvLayout.RecurrentHead..]);
        int at = 0;
        foreach (KvRows run in runs)
        {
            run.CopyTo(states.Pointer + begin, tokens, at, hasHeads: true);
            at += run.Tokens;
        }

        return states;
    }

    public void Dispose() => _block.Dispose();

    private void CopyTo(byte* to, int tokens, int at, bool hasHeads)
        => _layout.Copy(_block.Pointer, Tokens, 0, hasHeads: false, to, tokens, at, Tokens, hasHeads);
}
