using Squelch;

namespace HybridChat;

/// <summary>
/// Room for several sequences, each with KV and recurrent states of its own. There is no flash attention, whose sums depend on the size of a batch: so no bit
/// depends on it, as long as the model's matrices take the same kernels for one token as for many, as those of <see cref="TinyHybrid"/> do.
/// </summary>
public sealed unsafe class LlamaContext : IDisposable
{
    /// <summary>Tokens that are computed at once, at most.</summary>
    public const int MostBatch = 512;

    private readonly int _vocabulary;
    private readonly int[] _positions = new int[MostBatch];
    private readonly int[] _counts = new int[MostBatch];
    private readonly byte[] _wanted = new byte[MostBatch];
    private nint _context;

    /// <param name="model">The model, which must outlive the context.</param>
    /// <param name="sequences">Sequences side by side.</param>
    /// <param name="tokens">Tokens of each.</param>
    /// <param name="threads">Threads; one gives times that repeat, also on a busy machine.</param>
    /// <exception cref="SquelchException">llama.cpp cannot make it.</exception>
    public LlamaContext(LlamaModel model, int sequences, int tokens, int threads)
    {
        LlamaNative.ContextParams parameters = LlamaNative.ContextDefaultParams();
        parameters.Context = checked((uint)sequences * (uint)tokens);
        parameters.Batch = MostBatch;
        parameters.MicroBatch = MostBatch;
        parameters.Sequences = (uint)sequences;
        parameters.Threads = parameters.BatchThreads = threads;
        parameters.FlashAttention = 0;
        _context = LlamaNative.ContextInit(model.Handle, parameters);
        if (_context == 0)
        {
            throw new SquelchException($"llama.cpp cannot make room for {sequences} sequences of {tokens} tokens. Ask for fewer (--in-flight), or shorter ones (--context).");
        }

        Sequences = sequences;
        Tokens = (int)LlamaNative.ContextTokens(_context);
        _vocabulary = model.Vocabulary;
        Array.Fill(_counts, 1);
    }

    /// <summary>Sequences side by side, from 0.</summary>
    public int Sequences { get; }

    /// <summary>Tokens that each has room for.</summary>
    public int Tokens { get; }

    /// <summary>Computes tokens of a sequence, at most <see cref="MostBatch"/>, from a position on.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="position">Tokens before them.</param>
    /// <returns>The logits after the last of them; valid until the next call.</returns>
    /// <exception cref="SquelchException">The sequence's room is used up, or llama.cpp fails.</exception>
    public ReadOnlySpan<float> Compute(int sequence, ReadOnlySpan<int> tokens, int position)
    {
        if (position + tokens.Length > Tokens)
        {
            throw new SquelchException($"a sequence of {position + tokens.Length} tokens does not fit the context of {Tokens}. Make it larger (--context).");
        }

        int* number = &sequence;
        int*[] numbers = new int*[tokens.Length];
        for (int i = 0; i < tokens.Length; i++)
        {
            numbers[i] = number;
            _positions[i] = position + i;
        }

        _wanted.AsSpan(0, tokens.Length).Clear();
        _wanted[tokens.Length - 1] = 1;
        fixed (int* token = tokens, positions = _positions, counts = _counts)
        fixed (byte* wanted = _wanted)
        fixed (int** sequences = numbers)
        {
            int code = LlamaNative.Decode(_context, new() { Count = tokens.Length, Tokens = token, Positions = positions, SequenceCounts = counts, Sequences = sequences, Logits = wanted });
            if (code != 0)
            {
                throw new SquelchException($"llama.cpp could not compute {tokens.Length} tokens at {position} (code {code}). Are all ids below {_vocabulary}, and is the context large enough (--context)?");
            }
        }

        return new(LlamaNative.Logits(_context, tokens.Length - 1), _vocabulary);
    }

    /// <summary>Forgets a sequence.</summary>
    public void Clear(int sequence) => LlamaNative.MemoryRemove(LlamaNative.Memory(_context), sequence, -1, -1);

    /// <summary>Tries to forget a tail of a sequence, as caches of attention alone do: on a hybrid it is refused.</summary>
    public bool TryTrim(int sequence, int from) => LlamaNative.MemoryRemove(LlamaNative.Memory(_context), sequence, from, -1);

    /// <summary>A copy of a sequence's recurrent states, or of its KV and these.</summary>
    internal NativeBlock Save(int sequence, bool recurrentOnly)
    {
        uint flags = recurrentOnly ? LlamaNative.RecurrentOnly : 0;
        nuint size = LlamaNative.StateSize(_context, sequence, flags);
        var block = new NativeBlock(checked((int)size));
        if (LlamaNative.StateSave(_context, block.Pointer, size, sequence, flags) != size)
        {
            block.Dispose();
            throw new SquelchException("llama.cpp could not save the states of a sequence.");
        }

        return block;
    }

    /// <summary>Puts saved states in place of a sequence's own.</summary>
    /// <returns>False where llama.cpp refuses them: the sequence is empty then.</returns>
    internal bool TryRestore(int sequence, NativeBlock states)
    {
        Clear(sequence);
        if (LlamaNative.StateRestore(_context, states.Pointer, (nuint)states.Length, sequence, 0) == (nuint)states.Length)
        {
            return true;
        }

        Clear(sequence);
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_context != 0)
        {
            LlamaNative.ContextFree(_context);
            _context = 0;
        }
    }
}
