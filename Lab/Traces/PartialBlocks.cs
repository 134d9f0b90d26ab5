namespace Squelch.Lab;

/// <summary>What becomes of the last block of a prompt where it is partial, in traces that name blocks by ids.</summary>
public enum PartialBlocks
{
    /// <summary><see cref="Keep"/> where at least half of them come again in the trace, else <see cref="Drop"/>.</summary>
    Auto,

    /// <summary>A page like any other: prompts that share its id share it, and a checkpoint after a prompt stands at its end.</summary>
    Keep,

    /// <summary>
    /// Its tokens count as input, but reuse and checkpoints end at the last full block: an engine that finds blocks by their hashes can do no more.
    /// </summary>
    Drop,
}
