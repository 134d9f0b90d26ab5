namespace Squelch;

/// <summary>What a tuner has to know of a request in order to replay it.</summary>
internal readonly record struct RecordedRequest
{
    /// <summary>Pages of input and output; the log has them.</summary>
    public required int Pages { get; init; }

    /// <summary>How many of them were looked up.</summary>
    public required int InputPages { get; init; }

    /// <summary>Tokens of the input.</summary>
    public required int InputTokens { get; init; }

    /// <summary>Tokens of all pages.</summary>
    public required int Tokens { get; init; }

    /// <summary>The cache's clock at its commit.</summary>
    public required long Time { get; init; }

    /// <summary>The namespace.</summary>
    public long Space { get; init; }

    /// <summary>What the engine told of the request.</summary>
    public RequestHints Hints { get; init; }
}
