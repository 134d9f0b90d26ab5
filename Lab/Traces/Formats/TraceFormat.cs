namespace Squelch.Lab;

/// <summary>What a reader of traces is asked for besides the requests.</summary>
public sealed record TraceReading
{
    /// <summary>Counts every key of a key trace as 1, whatever size the file gives.</summary>
    public bool UnitSizes { get; init; }

    /// <summary>The one engine's cache of a log of KV events that is read: a data-parallel rank, a worker, or both as <c>7/0</c>; null for all.</summary>
    public string? Rank { get; init; }

    /// <summary>Which column of a key trace is what; null to find it by its header and its values.</summary>
    public KeyColumns? Columns { get; init; }

    /// <summary>What becomes of partial last blocks, in traces of block ids.</summary>
    public PartialBlocks PartialBlocks { get; init; }

    /// <summary>Hears now and then how many bytes of the file have been read, packed as they are.</summary>
    public Action<long>? BytesRead { get; init; }

    /// <summary>Stops it.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>A kind of file that traces are kept in: how it is recognised, and how it is read.</summary>
public abstract class TraceFormat
{
    /// <summary>What users call it.</summary>
    public abstract string Name { get; }

    /// <summary>How a file of it looks, for the message that a file is of no known format: its name, and what tells it.</summary>
    public abstract string Looks { get; }

    /// <summary>True where a file that begins so, or is named so, is this format's.</summary>
    /// <param name="sample">Its beginning.</param>
    public abstract bool Recognises(TraceSample sample);

    /// <summary>Reads a file into memory.</summary>
    /// <param name="input">The file; the caller closes it.</param>
    /// <param name="reading">What is asked for besides.</param>
    /// <exception cref="SquelchException">It cannot be used; the message names file, place, fault and remedy.</exception>
    public abstract Trace Load(TraceInput input, TraceReading reading);
}
