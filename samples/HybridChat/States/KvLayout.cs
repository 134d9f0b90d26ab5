using System.Buffers.Binary;
using Squelch;

namespace HybridChat;

/// <summary>
/// How llama.cpp writes the states of a sequence: a head, a position per token, the planes of its KV, then the recurrent states. A plane has the same number of
/// bytes for each token: a layer's keys are one plane, its values one per number, as they lie transposed.
/// </summary>
internal sealed class KvLayout
{
    /// <summary>What stands before the recurrent states where they are saved alone.</summary>
    public const int RecurrentHead = 8;

    private const int CellBytes = 12;
    private readonly List<byte[]> _heads = [];
    private readonly byte[] _begin;
    private readonly int _streams;

    /// <summary>Learns it from a saved sequence, whose tokens stand at the positions 0, 1, ...</summary>
    /// <param name="states">KV and recurrent states.</param>
    /// <exception cref="SquelchException">They are written in another way: by another version of llama.cpp.</exception>
    public KvLayout(ReadOnlySpan<byte> states)
    {
        _begin = states[..8].ToArray();
        int at = 8;
        _streams = Int32(states, ref at);
        int cells = Cells(states, ref at, out int read);
        CheckCells(states[at..], cells);
        at += cells * CellBytes;
        int head = at;
        bool transposed = Int32(states, ref at) == 1;
        int layers = Int32(states, ref at);
        for (int layer = 0; layer < 2 * layers; layer++)
        {
            at += 4;
            int size = Int32(states, ref at);
            int planes = 1;
            if (layer < layers || !transposed)
            {
                at += 4;
            }
            else
            {
                planes = Int32(states, ref at);
            }

            for (int plane = 0; plane < planes; plane++)
            {
                if (at + ((long)size * cells) > states.Length)
                {
                    throw Unknown();
                }

                _heads.Add(states[head..at].ToArray());
                Planes.Add(new(size, BytesPerToken, HeadBytes + at - head));
                BytesPerToken += size;
                HeadBytes += at - head;
                at += size * cells;
                head = at;
            }
        }

        Recurrent = states.Length - at - (4 * (_streams - read));
    }

    /// <summary>The planes, in order.</summary>
    public List<Plane> Planes { get; } = [];

    /// <summary>KV bytes of one token.</summary>
    public int BytesPerToken { get; private set; }

    /// <summary>Bytes of the heads of all planes.</summary>
    public int HeadBytes { get; private set; }

    /// <summary>Bytes of the recurrent states.</summary>
    public int Recurrent { get; }

    /// <summary>Where the first plane's head begins in a saved sequence.</summary>
    public static int PlanesBegin(ReadOnlySpan<byte> states, out int tokens)
    {
        int at = 12;
        tokens = Cells(states, ref at, out _);
        return at + (tokens * CellBytes);
    }

    /// <summary>What stands in a sequence's saved states before its planes, and after them before the recurrent states.</summary>
    public int FrameBytes(int tokens) => 12 + (4 * _streams) + (tokens * CellBytes);

    /// <summary>Writes all but the planes of a sequence's saved states.</summary>
    /// <returns>Where the first plane's head begins.</returns>
    public int WriteFrame(Span<byte> to, int tokens, ReadOnlySpan<byte> recurrent)
    {
        _begin.CopyTo(to);
        BinaryPrimitives.WriteInt32LittleEndian(to[8..], _streams);
        BinaryPrimitives.WriteInt32LittleEndian(to[12..], tokens);
        int at = 16;
        for (int token = 0; token < tokens; token++, at += CellBytes)
        {
            // A position, and one sequence, which llama.cpp replaces by the one that is restored.
            BinaryPrimitives.WriteInt32LittleEndian(to[at..], token);
            BinaryPrimitives.WriteInt32LittleEndian(to[(at + 4)..], 1);
            BinaryPrimitives.WriteInt32LittleEndian(to[(at + 8)..], 0);
        }

        for (int plane = 0; plane < Planes.Count; plane++)
        {
            int data = at + Planes[plane].Heads + (Planes[plane].Before * tokens);
            _heads[plane].CopyTo(to[(data - _heads[plane].Length)..]);
        }

        int end = at + HeadBytes + (BytesPerToken * tokens);
        to.Slice(end, 4 * (_streams - 1)).Clear();
        recurrent.CopyTo(to[(end + (4 * (_streams - 1)))..]);
        return at;
    }

    /// <summary>Copies the KV of some tokens, plane by plane.</summary>
    /// <param name="from">The planes of a run of tokens.</param>
    /// <param name="fromTokens">Its tokens.</param>
    /// <param name="fromToken">The first that is copied.</param>
    /// <param name="hasHeads">True where each plane has its head in front.</param>
    /// <param name="to">The planes of another run.</param>
    /// <param name="toTokens">Its tokens.</param>
    /// <param name="toToken">Where the first goes.</param>
    /// <param name="count">Tokens that are copied.</param>
    /// <param name="toHasHeads">True where the other's planes have heads.</param>
    public unsafe void Copy(byte* from, int fromTokens, int fromToken, bool hasHeads, byte* to, int toTokens, int toToken, int count, bool toHasHeads = false)
    {
        foreach (Plane plane in Planes)
        {
            long source = (hasHeads ? plane.Heads : 0) + ((long)plane.Before * fromTokens) + ((long)plane.Bytes * fromToken);
            long target = (toHasHeads ? plane.Heads : 0) + ((long)plane.Before * toTokens) + ((long)plane.Bytes * toToken);
            long bytes = (long)plane.Bytes * count;
            Buffer.MemoryCopy(from + source, to + target, bytes, bytes);
        }
    }

    private static int Cells(ReadOnlySpan<byte> states, ref int at, out int read)
    {
        int cells = 0;
        for (read = 0; cells == 0 && at + 4 <= states.Length; read++)
        {
            cells = Int32(states, ref at);
        }

        return cells > 0 && at + ((long)cells * CellBytes) <= states.Length ? cells : throw Unknown();
    }

    private static void CheckCells(ReadOnlySpan<byte> cells, int count)
    {
        for (int cell = 0; cell < count; cell++)
        {
            int at = cell * CellBytes;
            if (Int32(cells, ref at) != cell || Int32(cells, ref at) != 1)
            {
                throw Unknown();
            }
        }
    }

    private static int Int32(ReadOnlySpan<byte> bytes, ref int at)
    {
        at += 4;
        return at <= bytes.Length ? BinaryPrimitives.ReadInt32LittleEndian(bytes[(at - 4)..]) : throw Unknown();
    }

    private static SquelchException Unknown()
        => new("llama.cpp writes its states in a way that the sample does not know. Use the package LLamaSharp.Backend.Cpu 0.30.0, and a model without M-RoPE.");

    /// <summary>One plane.</summary>
    /// <param name="Bytes">Bytes of a token.</param>
    /// <param name="Before">Bytes of a token in the planes before it.</param>
    /// <param name="Heads">Bytes of the heads up to its data, its own included.</param>
    public readonly record struct Plane(int Bytes, int Before, int Heads);
}
