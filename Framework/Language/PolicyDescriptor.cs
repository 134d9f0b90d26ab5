using System.Collections.Immutable;
using System.Globalization;

namespace Squelch;

/// <summary>A number of a policy that may be set per run.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="Minimum">Least value.</param>
/// <param name="Maximum">Greatest value.</param>
/// <param name="Step">Grid step of the tuner; 0 where it is not tuned.</param>
/// <param name="Default">The value where none is given.</param>
public sealed record TunableDescriptor(string Name, double Minimum, double Maximum, double Step, double Default)
{
    /// <summary>Refuses a value that is out of range, or not a number.</summary>
    /// <param name="policy">The policy's name, for the message.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="SquelchException">It is.</exception>
    public void Check(string policy, double value)
    {
        if (!(value >= Minimum && value <= Maximum))
        {
            throw new SquelchException(string.Create(CultureInfo.InvariantCulture, $"{policy}.{Name} lies between {Minimum} and {Maximum}, not at {value}"));
        }
    }

    /// <summary>The values that a tuner tries: minimum, minimum + step, ... in decimal arithmetic, so that 0.3 is the double nearest 0.3.</summary>
    public ImmutableArray<double> Grid()
    {
        if (Step <= 0)
        {
            return [Default];
        }

        var values = ImmutableArray.CreateBuilder<double>();
        for (decimal value = (decimal)Minimum; value <= (decimal)Maximum; value += (decimal)Step)
        {
            values.Add((double)value);
        }

        return values.ToImmutable();
    }
}

/// <summary>A number per node that the plan reads at each selection.</summary>
/// <param name="Name">Its name: a feature, or a term or subexpression kept ready.</param>
/// <param name="Unit">Its unit; none for compound values.</param>
/// <param name="Formula">How it is computed when the node changes.</param>
public sealed record ColumnDescriptor(string Name, Unit Unit, string Formula);

/// <summary>When a policy state gets a new value.</summary>
[Flags]
public enum StateEvents
{
    /// <summary>Never.</summary>
    None = 0,

    /// <summary>When a node is made (<see cref="OnInsertAttribute"/>).</summary>
    Insert = 1,

    /// <summary>When a lookup uses a node (<see cref="OnHitAttribute"/>).</summary>
    Hit = 2,

    /// <summary>When a victim goes (<see cref="OnEvictAttribute"/>).</summary>
    Evict = 4,
}

/// <summary>How a policy state gets a new value.</summary>
/// <param name="State">The property's name.</param>
/// <param name="At">The events.</param>
/// <param name="Formula">The new value.</param>
public sealed record StateUpdateDescriptor(string State, StateEvents At, string Formula);

/// <summary>How victims are found.</summary>
public enum PlanKind
{
    /// <summary>Every candidate is scored at each selection.</summary>
    FullScan,

    /// <summary>Blocks of nodes whose lower bound exceeds the best score so far are skipped.</summary>
    PrunedScan,

    /// <summary>The order does not change with time: an indexed heap.</summary>
    Heap,

    /// <summary>The order is the order of writes: a linked list, O(1).</summary>
    List,

    /// <summary>A hand-written <see cref="IVictimSelector"/>.</summary>
    Custom,
}

/// <summary>How a policy finds victims, and why so.</summary>
/// <param name="Kind">The method.</param>
/// <param name="Reasons">Why it was chosen, one sentence each.</param>
public sealed record PlanDescriptor(PlanKind Kind, ImmutableArray<string> Reasons);

/// <summary>How victims are found on a device, where the policy was compiled with Squelch.GpuScoring.</summary>
/// <param name="HasKernel">The formula runs on devices.</param>
/// <param name="Steps">What a selection does there, one sentence each; or why there is no kernel.</param>
public sealed record DevicePlanDescriptor(bool HasKernel, ImmutableArray<string> Steps);

/// <summary>How a formula moves as one of its features grows and all others stay.</summary>
public enum Trend
{
    /// <summary>It never falls.</summary>
    Rises,

    /// <summary>It never rises.</summary>
    Falls,

    /// <summary>It is not known to do either.</summary>
    Open,
}

/// <summary>How sure it is that a formula's value is a number, for all legal values of its features.</summary>
public enum Certainty
{
    /// <summary>It is proven to be finite.</summary>
    Finite,

    /// <summary>It is proven to be a number; infinity is not excluded.</summary>
    Number,

    /// <summary>Nothing is proven: the generated code guards the score, so that a node without a number is kept.</summary>
    Guarded,
}

/// <summary>How a formula moves with one feature.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Trend">What the score does as it grows.</param>
public sealed record FeatureTrend(string Feature, Trend Trend);

/// <summary>What the policy compiler proved of a term or score.</summary>
/// <param name="Name">The term or score.</param>
/// <param name="Minimum">No legal features give less.</param>
/// <param name="Maximum">No legal features give more.</param>
/// <param name="Unit">The unit of its value in words.</param>
/// <param name="Certainty">How sure it is that its value is a number.</param>
/// <param name="Trends">How it moves with each feature it reads.</param>
public sealed record ProofDescriptor(string Name, double Minimum, double Maximum, string Unit, Certainty Certainty, ImmutableArray<FeatureTrend> Trends);

/// <summary>Everything that is known of a policy without running it.</summary>
public sealed record PolicyDescriptor
{
    /// <summary>The type's name.</summary>
    public required string Name { get; init; }

    /// <summary>The type's summary.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The formula, one line per term or score.</summary>
    public ImmutableArray<string> Formula { get; init; } = [];

    /// <summary>Features the formula reads, by name, each once.</summary>
    public ImmutableArray<FeatureDescriptor> Features { get; init; } = [];

    /// <summary>
    /// True where victims depend on when nodes are used next, because the formula reads <c>nextUse</c> or the selector asks for predictions: a replay
    /// knows, an engine can only guess.
    /// </summary>
    public bool NeedsFuture
    {
        get => field || Features.Any(feature => feature.NeedsFuture);
        init;
    }

    /// <summary>True where the formula reads what the sessions did before.</summary>
    public bool ReadsSessions => Features.Any(feature => feature.Name is "turn" or "sessionGap" or "sessionGapSpread" or "sessions");

    /// <summary>Columns kept per node.</summary>
    public ImmutableArray<ColumnDescriptor> Columns { get; init; } = [];

    /// <summary>What is proven of each term or score.</summary>
    public ImmutableArray<ProofDescriptor> Proofs { get; init; } = [];

    /// <summary>Bytes of the policy's columns per node slot; the tree's own come on top.</summary>
    public int ColumnBytes { get; init; }

    /// <summary>Tunables in declaration order.</summary>
    public ImmutableArray<TunableDescriptor> Tunables { get; init; } = [];

    /// <summary>How the policy's own numbers change, in the order of declaration; none where it remembers none.</summary>
    public ImmutableArray<StateUpdateDescriptor> StateUpdates { get; init; } = [];

    /// <summary>How victims are found.</summary>
    public required PlanDescriptor Plan { get; init; }

    /// <summary>How victims are found on a device; null where the policy was compiled without Squelch.GpuScoring.</summary>
    public DevicePlanDescriptor? Device { get; init; }

    /// <summary>Which nodes may be victims.</summary>
    public Candidates Candidates { get; init; }

    /// <summary>Tokens that a leaf gives up at a time under a model without checkpoints; 0 for all of them.</summary>
    public int Trim { get; init; }

    /// <summary>Which nodes an access refreshes.</summary>
    public Touch Touch { get; init; }

    /// <summary>Which checkpoints are kept.</summary>
    public AdmissionDescriptor Admission { get; init; } = new(Checkpoints.BranchPoint | Checkpoints.LastToken, 0, 1);

    /// <summary>Refuses tunables of which one is out of range, or not a number, and more or fewer than there are.</summary>
    /// <param name="values">One per tunable, in descriptor order.</param>
    /// <exception cref="SquelchException">One is, or their number is another.</exception>
    public void CheckTunables(ReadOnlySpan<double> values)
    {
        if (values.Length != Tunables.Length)
        {
            throw new SquelchException($"{Name} has {Tunables.Length} tunables ({string.Join(", ", Tunables.Select(tunable => tunable.Name))}), and {values.Length} values are given; give one for each, in that order");
        }

        for (int i = 0; i < Tunables.Length; i++)
        {
            Tunables[i].Check(Name, values[i]);
        }
    }

    /// <summary>The index of a tunable in <see cref="Tunables"/>; case does not count.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="others">Names that are no tunables but would have been understood where this one came from.</param>
    /// <exception cref="SquelchException">The policy has none of that name.</exception>
    public int TunableIndex(string name, params ReadOnlySpan<string> others)
    {
        for (int i = 0; i < Tunables.Length; i++)
        {
            if (Tunables[i].Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        string[] names = [.. Tunables.Select(tunable => tunable.Name), .. others];
        string remedy = names.Length == 0 ? "it has none"
            : NearestName.Find(name, names) is { } nearest ? $"did you mean '{nearest}'?"
            : $"it has {string.Join(", ", names)}";
        throw new SquelchException($"{Name} has no tunable '{name}'; {remedy}");
    }

    /// <summary>The tunable that the bootstrap tuner sets, or null.</summary>
    public string? BootstrapTunable { get; init; }

    /// <summary>The tuner's window multiplier.</summary>
    public int BootstrapMultiplier { get; init; } = 5;

    /// <summary>The tunables that the shadow tuner sets; none where the policy declares none.</summary>
    public ImmutableArray<string> ShadowTunables { get; init; } = [];

    /// <summary>The tunables that a tuner sets, whichever it is.</summary>
    public ImmutableArray<string> TunedTunables => BootstrapTunable is null ? ShadowTunables : [BootstrapTunable];
}
