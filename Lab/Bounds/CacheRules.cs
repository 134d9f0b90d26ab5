namespace Squelch.Lab;

/// <summary>What all caches that a bound is for have in common, beside the model and the capacity.</summary>
internal sealed class CacheRules
{
    private readonly ModelShape _model;
    private readonly long _capacity;
    private readonly bool _needsRoomForAll;

    private CacheRules(ModelShape model, long capacityBytes, bool endsAtNodes, bool needsRoomForAll, bool forcesCommits)
    {
        (_model, _capacity, _needsRoomForAll) = (model, capacityBytes, needsRoomForAll);
        (KvBytes, CheckpointBytes) = (model.KvBytesPerToken, model.CheckpointBytes);
        (EndsAtNodes, ForcesCommits) = (endsAtNodes, forcesCommits);
    }

    /// <summary>Bytes of a token.</summary>
    public double KvBytes { get; private init; }

    /// <summary>Bytes of what a hit needs at its end.</summary>
    public double CheckpointBytes { get; private init; }

    /// <summary>Hits are so many pages, or a multiple of that.</summary>
    public int BlockPages { get; private init; } = 1;

    /// <summary>True where hits end only where an earlier sequence ended, or two of them parted.</summary>
    public bool EndsAtNodes { get; }

    /// <summary>True where every sequence that fits is held whole after its commit.</summary>
    public bool ForcesCommits { get; }

    /// <summary>Any cache at all: checkpoints anywhere, parts of sequences, nothing kept that is not wanted.</summary>
    public static CacheRules Any(ModelShape model, long capacityBytes) => new(model, capacityBytes, false, false, false);

    /// <summary>Prefix caches of one admission, whatever they evict.</summary>
    /// <param name="model">Gives bytes.</param>
    /// <param name="capacityBytes">The budget.</param>
    /// <param name="admission">Which checkpoints they keep.</param>
    /// <param name="candidates">Which nodes they evict.</param>
    /// <param name="pageTokens">Tokens per page.</param>
    public static CacheRules Of(ModelShape model, long capacityBytes, AdmissionDescriptor admission, Candidates candidates, int pageTokens)
    {
        const Checkpoints Both = Checkpoints.BranchPoint | Checkpoints.LastToken;
        bool isPlain = admission.Align <= 1 && (admission.Checkpoints & ~Both) == 0;

        // Checkpoints that are not kept everywhere stand at some of the same places; but then none is sure to be there.
        bool isChosen = admission.Formula is not null || admission.LeastSaving > 0;
        int blockPages = admission is { WholeBlocks: true, Align: <= 1 } ? Math.Max(1, admission.Every / pageTokens) : 1;
        bool isWhole = admission is { WholeBlocks: true, Align: <= 1 } && !isChosen && candidates == Candidates.Leaves;
        bool needsRoomForAll = isPlain && !(admission.KeepsBeginnings && model.CheckpointBytes == 0);
        return new(model, capacityBytes, isPlain && model.CheckpointBytes > 0, needsRoomForAll, isPlain && !isChosen && admission.Checkpoints.HasFlag(Both))
        {
            // Blocks that cannot be joined have a checkpoint each.
            KvBytes = model.KvBytesPerToken + (isWhole ? (double)model.CheckpointBytes / (blockPages * pageTokens) : 0),
            CheckpointBytes = isWhole ? 0 : model.CheckpointBytes,
            BlockPages = blockPages,
        };
    }

    /// <summary>False for a sequence of which nothing is kept.</summary>
    public bool Keeps(long tokens) => !_needsRoomForAll || Fits(tokens);

    /// <summary>True for a sequence that fits as a whole.</summary>
    public bool Fits(long tokens) => _model.CheckpointBytes + _model.KvBytes(tokens) <= _capacity;

    /// <summary>Bytes that a commit holds in place.</summary>
    /// <param name="tokens">Tokens that it holds at least.</param>
    public double ForcedBytes(long tokens) => tokens == 0 ? 0 : _model.KvBytes(tokens) + _model.CheckpointBytes;
}
