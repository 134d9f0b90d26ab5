namespace Squelch.Lab;

/// <summary>One request of a trace.</summary>
public sealed class Request
{
    /// <summary>Input pages, then output pages (none where the trace does not identify outputs). A page is a token id, or a block id.</summary>
    public required ReadOnlyMemory<int> Pages { get; init; }

    /// <summary>How many of <see cref="Pages"/> are input.</summary>
    public required int InputPages { get; init; }

    /// <summary>Input tokens. With block pages the last block counts its real tokens.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Tokens of a partial last block that replays neither look up nor keep (<see cref="PartialBlocks.Drop"/>): the last of <see cref="Pages"/>; 0 for none.</summary>
    public int DroppedTokens { get; init; }

    /// <summary>Output tokens that are identified, hence committed; 0 where the trace does not identify outputs.</summary>
    public int OutputTokens { get; init; }

    /// <summary>What a replay looks up.</summary>
    public ReadOnlyMemory<int> ReusableInput => Pages[..(DroppedTokens > 0 ? InputPages - 1 : InputPages)];

    /// <summary>Tokens of <see cref="ReusableInput"/>.</summary>
    public int ReusableInputTokens => InputTokens - DroppedTokens;

    /// <summary>What a replay commits.</summary>
    public ReadOnlyMemory<int> ReusablePages => DroppedTokens > 0 ? ReusableInput : Pages;

    /// <summary>Tokens of <see cref="ReusablePages"/>.</summary>
    public int ReusableTokens => ReusableInputTokens + OutputTokens;

    /// <summary>Arrival in seconds from the trace's start.</summary>
    public double Time { get; init; }

    /// <summary>The session, or -1.</summary>
    public long Session { get; init; } = -1;

    /// <summary>What it costs to fetch the key where it is not cached, in the trace's own unit; not a number where the trace does not tell, and for all that are no keys.</summary>
    public double Cost { get; init; } = double.NaN;
}

/// <summary>A trace in memory.</summary>
/// <param name="Name">File name without folders and extensions.</param>
/// <param name="PageTokens">Tokens per page: 1, or the block size.</param>
/// <param name="Requests">In order of arrival.</param>
public sealed record Trace(string Name, int PageTokens, IReadOnlyList<Request> Requests)
{
    /// <summary>The model of its replays, whatever model they are asked for; null for that model. Key traces have their own: a byte per token, and one FLOP per key or what <see cref="Request.Cost"/> says.</summary>
    public ModelShape? Model { get; init; }

    /// <summary>True where a request tells its cost.</summary>
    public bool HasCosts => Requests.Any(request => !double.IsNaN(request.Cost));

    /// <summary>How the file was written and packed, in words; empty where there was none.</summary>
    public string Format { get; init; } = "";

    /// <summary>How partial last blocks were read; null where the trace has no block ids.</summary>
    public PartialBlockReading? PartialBlocks { get; init; }

    /// <summary>What users should know of how the file was read, a sentence each: what was left out, and what was taken for what.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
