namespace Squelch;

/// <summary>A place in a request's sequence where a checkpoint could stand: what a <see cref="CheckpointAttribute"/> formula reads.</summary>
/// <param name="model">Gives bytes and FLOPs.</param>
/// <param name="hints">The engine's hints of the request.</param>
/// <param name="tunables">The policy's tunables, in descriptor order.</param>
/// <param name="states">The policy's states, in order of declaration.</param>
public readonly ref struct CheckpointPlace(ModelShape model, RequestHints hints, ReadOnlySpan<double> tunables, ReadOnlySpan<double> states)
{
    private readonly ModelShape _model = model;

    /// <summary>Tokens from the root.</summary>
    public int Position { get; init; }

    /// <summary>Tokens since the nearest checkpoint above, held or chosen already.</summary>
    public int FromLastCheckpoint { get; init; }

    /// <summary>Tokens to the branch point: 0 at it, negative behind it, infinity where there is none.</summary>
    public double ToBranch { get; init; }

    /// <summary>Tokens to the end of the sequence.</summary>
    public int ToEnd => SequenceTokens - Position;

    /// <summary>Tokens of the request's input.</summary>
    public int InputTokens { get; init; }

    /// <summary>Tokens of the sequence that is kept.</summary>
    public int SequenceTokens { get; init; }

    /// <summary>How many tokens before its end former sequences were left; infinity until one was.</summary>
    public double BranchLag { get; init; }

    /// <summary>Tokens to where this sequence would be left by <see cref="BranchLag"/>: 0 at it, negative behind it, infinity where there is no such place.</summary>
    public double ToLag { get; init; }

    /// <summary>The time of the request.</summary>
    public double Now { get; init; }

    /// <summary>Prefill FLOPs of the tokens since the nearest checkpoint above.</summary>
    public double FlopsSaved => _model.TotalFlops(Position) - _model.TotalFlops(Position - FromLastCheckpoint);

    /// <summary>Bytes of a checkpoint.</summary>
    public double CheckpointBytes => _model.CheckpointBytes;

    /// <summary>KV bytes of the tokens since the nearest checkpoint above.</summary>
    public double KvBytes => _model.KvBytes(FromLastCheckpoint);

    /// <summary>The engine's hints of the request.</summary>
    public RequestHints Hints { get; } = hints;

    /// <summary>The policy's tunables, in descriptor order.</summary>
    public ReadOnlySpan<double> Tunables { get; } = tunables;

    /// <summary>The policy's states, in order of declaration; 0 each where a rule without such states evicts.</summary>
    public ReadOnlySpan<double> States { get; } = states;
}
