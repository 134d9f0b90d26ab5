using Squelch;

namespace HybridChat;

/// <summary>A request in flight.</summary>
internal sealed class RunningRequest(int index, int sequence, Lease lease, int[] prompt, int[] answer) : IDisposable
{
    /// <summary>The caller's number of it.</summary>
    public int Index => index;

    /// <summary>llama.cpp's sequence.</summary>
    public int Sequence => sequence;

    public Lease Lease => lease;

    /// <summary>Prompt, then answer.</summary>
    public int[] Tokens { get; } = [.. prompt, .. answer];

    public int PromptTokens => prompt.Length;

    /// <summary>Tokens that the cache found.</summary>
    public int HitTokens => lease.HitTokens;

    /// <summary>Tokens of the prompt whose states were restored: what was found, or none where llama.cpp refused the states.</summary>
    public int RestoredTokens { get; set; }

    /// <summary>Tokens that have been computed or restored so far.</summary>
    public int At { get; set; }

    /// <summary>From the lookup until the first token of the answer is known.</summary>
    public TimeSpan TimeToFirstToken { get; set; }

    /// <summary>The processor time of that, in all threads: a busy machine does not stretch it.</summary>
    public TimeSpan ProcessorTime { get; set; }

    /// <summary>The most likely token after what is computed.</summary>
    public int Next { get; set; }

    /// <summary>The logits behind the prompt, where they are kept; null where all of the prompt was restored.</summary>
    public float[]? PromptLogits { get; set; }

    /// <summary>Recurrent states that were captured on the way, by tokens.</summary>
    public Dictionary<int, Checkpoint> Captured { get; } = [];

    public void Dispose()
    {
        foreach (Checkpoint checkpoint in Captured.Values)
        {
            checkpoint.Dispose();
        }

        Captured.Clear();
    }
}
