namespace Squelch;

/// <summary>Marks of a sequence, in tokens from the root.</summary>
/// <param name="Branch">The branch point, or -1.</param>
/// <param name="Lag">Where it would be left as former ones were, or -1.</param>
/// <param name="Tokens">Its end.</param>
internal readonly record struct SequenceMarks(int Branch, int Lag, int Tokens);

/// <summary>Which of the places that an admission names get a checkpoint: those that save enough and that the policy's formula chooses.</summary>
internal sealed class CheckpointChoice(AdmissionDescriptor descriptor, NodeTable nodes, IVictimSelector selector)
{
    private readonly CheckpointFormula? _formula = descriptor.Formula;
    private readonly double[] _tunables = descriptor.Formula is { } formula ? [.. formula.Tunables] : [];
    private readonly double[] _states = new double[descriptor.Formula?.States ?? 0];
    private readonly bool _needsSequence = descriptor.Formula?.NeedsSequence == true;
    private readonly bool _keepsAll = descriptor is { Formula: null, LeastSaving: 0 };
    private bool[] _isChosen = new bool[16];

    /// <summary>How former sequences were left, where anything here depends on it.</summary>
    public BranchLag? Lag { get; } = descriptor.Checkpoints.HasFlag(Checkpoints.BranchLag) || descriptor.Formula?.ReadsBranchLag == true ? new() : null;

    /// <summary>Sets the policy's tunables, in descriptor order.</summary>
    public void Retune(ReadOnlySpan<double> tunables) => tunables[..Math.Min(tunables.Length, _tunables.Length)].CopyTo(_tunables);

    /// <summary>
    /// False where a lookup can tell already that its branch point gets no checkpoint. Where the formula reads what a lookup does not know, it cannot: then the
    /// state is captured, and the plan says whether it is kept.
    /// </summary>
    /// <param name="branch">Tokens from the root.</param>
    /// <param name="node">The deepest node above.</param>
    /// <param name="request">The request.</param>
    public bool MayKeepBranch(int branch, int node, in CheckpointRequest request)
    {
        if (_keepsAll)
        {
            return true;
        }

        int last = LastCheckpoint(node);
        if (branch - last < descriptor.LeastSaving)
        {
            return false;
        }

        if (_formula is null || _needsSequence)
        {
            return true;
        }

        selector.CopyStates(_states);
        return Worth(branch, last, new(branch, -1, Math.Max(branch, request.InputTokens)), request) > _formula.Above;
    }

    /// <summary>Takes the checkpoints from the steps that are not chosen.</summary>
    /// <param name="steps">The steps of a plan, shallowest first; those with a checkpoint are asked.</param>
    /// <param name="node">The deepest node above them.</param>
    /// <param name="branchStep">The step that has a checkpoint because it is the branch point and for no other reason, or -1.</param>
    /// <param name="marks">What is known of the sequence.</param>
    /// <param name="request">The request.</param>
    public void Choose(Span<CommitStep> steps, int node, int branchStep, in SequenceMarks marks, in CheckpointRequest request)
    {
        if (_keepsAll)
        {
            return;
        }

        int last = LastCheckpoint(node);
        if (branchStep >= 0 && steps[branchStep].Node.Tokens - last < descriptor.LeastSaving)
        {
            Decline(ref steps[branchStep]);
        }

        if (_formula is null)
        {
            return;
        }

        selector.CopyStates(_states);
        if (_formula.Best > 0)
        {
            ChooseBest(steps, last, marks, request);
            return;
        }

        foreach (ref CommitStep step in steps)
        {
            if (step.Node.Checkpoint && Worth(step.Node.Tokens, last, marks, request) > _formula.Above)
            {
                last = step.Node.Tokens;
            }
            else
            {
                Decline(ref step);
            }
        }
    }

    /// <summary>One after the other, the best first: a place is worth less once one above it is chosen.</summary>
    private void ChooseBest(Span<CommitStep> steps, int held, in SequenceMarks marks, in CheckpointRequest request)
    {
        if (_isChosen.Length < steps.Length)
        {
            _isChosen = new bool[Math.Max(steps.Length, 2 * _isChosen.Length)];
        }

        Span<bool> isChosen = _isChosen.AsSpan(0, steps.Length);
        isChosen.Clear();
        int best = 0;
        for (int round = 0; round < _formula!.Best && best >= 0; round++)
        {
            best = -1;
            double most = _formula.Above;
            int last = held;
            for (int i = 0; i < steps.Length; i++)
            {
                if (isChosen[i])
                {
                    last = steps[i].Node.Tokens;
                }
                else if (steps[i].Node.Checkpoint && Worth(steps[i].Node.Tokens, last, marks, request) is var worth && (worth > most || (best >= 0 && worth == most)))
                {
                    (best, most) = (i, worth);
                }
            }

            if (best >= 0)
            {
                isChosen[best] = true;
            }
        }

        for (int i = 0; i < steps.Length; i++)
        {
            if (!isChosen[i])
            {
                Decline(ref steps[i]);
            }
        }
    }

    private double Worth(int position, int last, in SequenceMarks marks, in CheckpointRequest request)
        => _formula!.Worth(new CheckpointPlace(nodes.Model, request.Hints, _tunables, _states)
        {
            Position = position,
            FromLastCheckpoint = position - last,
            ToBranch = marks.Branch < 0 ? double.PositiveInfinity : marks.Branch - position,
            InputTokens = request.InputTokens,
            SequenceTokens = marks.Tokens,
            BranchLag = Lag?.Tokens ?? double.PositiveInfinity,
            ToLag = marks.Lag < 0 ? double.PositiveInfinity : marks.Lag - position,
            Now = request.Now,
        });

    private static void Decline(ref CommitStep step) => step = step with { Node = step.Node with { Checkpoint = false } };

    /// <summary>Tokens from the root to the nearest checkpoint that is held at a node or above it.</summary>
    private int LastCheckpoint(int node) => nodes.DepthTokens(nodes.NearestCheckpoint(node));
}
