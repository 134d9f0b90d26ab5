using System.Collections.Immutable;

namespace Squelch;

/// <summary>Which checkpoints a policy keeps.</summary>
/// <param name="Checkpoints">The kinds.</param>
/// <param name="Every">Tokens between interval checkpoints, or before the first logarithmic one; 0 without <see cref="Checkpoints.Interval"/> and <see cref="Checkpoints.Logarithmic"/>.</param>
/// <param name="Align">Checkpoints exist at multiples of this many tokens.</param>
public sealed record AdmissionDescriptor(Checkpoints Checkpoints, int Every, int Align)
{
    /// <summary>True where the tree holds whole blocks of <see cref="Every"/> tokens and nothing else.</summary>
    public bool WholeBlocks => Checkpoints == Checkpoints.Interval;

    /// <summary>Tokens that a branch point's checkpoint saves at least over the nearest checkpoint above it.</summary>
    public int LeastSaving { get; init; }

    /// <summary>
    /// True where, under a model without checkpoints, the beginning of a sequence that is larger than the whole cache is kept, as many pages as fit: so with
    /// <see cref="EvictionPolicyAttribute.Trim"/>. False where nothing of it is.
    /// </summary>
    public bool KeepsBeginnings { get; init; }

    /// <summary>Chooses among the places; null where all are kept.</summary>
    public CheckpointFormula? Formula { get; init; }

    /// <summary>The same admission, its formula computed with other tunables.</summary>
    /// <param name="tunables">One per tunable of the policy, in descriptor order; none leaves it as it is.</param>
    public AdmissionDescriptor WithTunables(ReadOnlySpan<double> tunables) => Formula is null || tunables.IsEmpty ? this : this with { Formula = Formula with { Tunables = [.. tunables] } };
}

/// <summary>A <see cref="CheckpointAttribute"/> method, compiled.</summary>
/// <param name="Name">The method's name.</param>
/// <param name="Text">Its body.</param>
/// <param name="Above">Places that are worth more than this are chosen.</param>
/// <param name="Best">At most so many; 0 is no limit.</param>
/// <param name="Reads">What it reads of a place, by name; hints are among <see cref="PolicyDescriptor.Features"/>.</param>
/// <param name="Worth">Computes it.</param>
public sealed record CheckpointFormula(string Name, string Text, double Above, int Best, ImmutableArray<FeatureDescriptor> Reads, CheckpointWorth Worth)
{
    /// <summary>The tunables that it is computed with until others are set, in descriptor order.</summary>
    public ImmutableArray<double> Tunables { get; init; } = [];

    /// <summary>Policy states that the policy has.</summary>
    public int States { get; init; }

    /// <summary>What is proven of it for all legal places; null where it was not compiled by the policy compiler.</summary>
    public ProofDescriptor? Proof { get; init; }

    /// <summary>True where a lookup cannot know the answer, because it depends on the output, or on the other places.</summary>
    internal bool NeedsSequence => Best > 0 || Has("toEnd") || Has("sequenceTokens") || Has("toLag");

    /// <summary>True where it depends on how former sequences were left.</summary>
    internal bool ReadsBranchLag => Has("branchLag") || Has("toLag");

    /// <summary>Two are one where they compute the same with the same numbers.</summary>
    /// <param name="other">The other.</param>
    public bool Equals(CheckpointFormula? other)
        => other is not null && (Name, Text, Above, Best, States, Worth) == (other.Name, other.Text, other.Above, other.Best, other.States, other.Worth)
            && Tunables.AsSpan().SequenceEqual(other.Tunables.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Text, Above, Best, Worth);

    private bool Has(string name) => Reads.Any(read => read.Name == name);
}

/// <summary>What a checkpoint at a place is worth.</summary>
/// <param name="place">The place.</param>
public delegate double CheckpointWorth(in CheckpointPlace place);
