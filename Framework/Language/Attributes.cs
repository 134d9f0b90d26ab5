namespace Squelch;

/// <summary>Which nodes an eviction may take.</summary>
public enum Candidates
{
    /// <summary>Nodes without children.</summary>
    Leaves,

    /// <summary>Leaves, and nodes with a single child: those free their checkpoint and their KV joins the child (Marconi, section 4.3).</summary>
    AtMostOneChild,

    /// <summary>
    /// Leaves, and every checkpoint: that of a node with a single child goes as under <see cref="AtMostOneChild"/>, that of a node with more goes alone, and the
    /// node stays where its children part. What frees no bytes is no candidate. A request that leaves the tree at a node without a checkpoint puts one there
    /// again, where its admission keeps one at such a place.
    /// </summary>
    Checkpoints,
}

/// <summary>Which nodes an access refreshes.</summary>
public enum Touch
{
    /// <summary>The node that a lookup goes on from, alone (Marconi, section 4.3). Commits refresh nothing but the nodes they make.</summary>
    Deepest,

    /// <summary>
    /// Every node on the path, as SGLang does: a lookup counts as a hit of each of them, and refreshes the last access of a child that matches in part. Commits
    /// refresh the last access of the path too.
    /// </summary>
    Path,
}

/// <summary>Which checkpoints a request leaves behind.</summary>
[Flags]
public enum Checkpoints
{
    /// <summary>None: KV alone is kept, which only a model of pure attention can go on from.</summary>
    None = 0,

    /// <summary>The state at the branch point, where a request leaves what is known (Marconi, section 4.1: speculative insertion).</summary>
    BranchPoint = 1,

    /// <summary>The state after the last token of the request, its output included: what the session's next request goes on from.</summary>
    LastToken = 2,

    /// <summary>
    /// The state after every <see cref="AdmissionAttribute.Every"/> tokens of what a request adds to the tree; alone, whole blocks of so many
    /// tokens are kept and found, and nothing else.
    /// </summary>
    Interval = 4,

    /// <summary>
    /// The state after <see cref="AdmissionAttribute.Every"/> tokens from the root, after twice as many, four times as many and so on, of what a request adds to the tree: whoever
    /// leaves its path behind the first of them, goes on from a checkpoint that has at least half of what they share.
    /// </summary>
    Logarithmic = 8,

    /// <summary>
    /// The state at the place where this sequence will be left, if it goes as former ones did: as many tokens before its end as the median of the last 64 sequences
    /// that were left by a later request.
    /// </summary>
    BranchLag = 16,
}

/// <summary>How a term is brought to a scale before it is weighted.</summary>
public enum Normalize
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>(x - min) / (max - min) over the candidates of the selection, so 0 to 1; 1 where all are equal. NaN takes no part in min and max.</summary>
    MinMax,
}

/// <summary>The element type of columns and scores.</summary>
public enum Precision
{
    /// <summary>64-bit floating point: whole numbers are exact up to 2^53.</summary>
    Double,

    /// <summary>32-bit floating point: half the bytes per node and twice the lanes, but whole numbers are exact only up to 2^24.</summary>
    Single,
}

/// <summary>The dimension of a quantity.</summary>
public enum Unit
{
    /// <summary>A bare number.</summary>
    None,

    /// <summary>Times, and differences of times: logical ticks, or whatever the caller's clock counts.</summary>
    Ticks,

    /// <summary>A number of things; a bare number to the rules about units.</summary>
    Count,

    /// <summary>Tokens.</summary>
    Tokens,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>Floating-point operations.</summary>
    Flops,

    /// <summary>Events per tick.</summary>
    PerTick,
}

/// <summary>Marks a readonly partial struct as an eviction policy; the policy compiler implements the rest of it (<see cref="IEvictionPolicy{TSelf}"/>).</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EvictionPolicyAttribute : Attribute
{
    /// <summary>Which nodes may be victims.</summary>
    public Candidates Candidates { get; set; }

    /// <summary>
    /// Under a model without checkpoints, a leaf gives up its last so many tokens at a time and not all of them: whole pages, at least one (whole blocks where
    /// blocks are kept); and of a sequence larger than the cache the beginning is kept. 0 takes whole leaves. Models with checkpoints, keys and victim pools always give up the whole leaf.
    /// </summary>
    public int Trim { get; set; }

    /// <summary>Which nodes an access refreshes.</summary>
    public Touch Touch { get; set; }

    /// <summary>The element type of columns and scores.</summary>
    public Precision Precision { get; set; }

    /// <summary>
    /// The policy must have a GPU kernel: what a kernel cannot hold is an error (SQ4001). Without it a policy is run on a GPU where its
    /// formula allows that.
    /// </summary>
    public bool Gpu { get; set; }

    /// <summary>
    /// What is used often or recently is meant to go first, as under MRU: without it, a score that falls with use is reported (SQ2006).
    /// </summary>
    public bool EvictsUsed { get; set; }

    /// <summary>A hand-written <see cref="IVictimSelector"/> for a policy that is no formula, such as SIEVE: a class with a constructor (NodeTable nodes, ulong seed).</summary>
    public Type? Selector { get; set; }
}

/// <summary>Which checkpoints a request leaves behind. Without this attribute: branch point and last token (Marconi's admission).</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class AdmissionAttribute(Checkpoints checkpoints) : Attribute
{
    /// <summary>The checkpoints that are kept, one kind or several with <c>|</c>.</summary>
    public Checkpoints Checkpoints { get; } = checkpoints;

    /// <summary>
    /// Tokens between checkpoints of <see cref="Checkpoints.Interval"/>, or before the first one of <see cref="Checkpoints.Logarithmic"/>; at least 1 with either, 0 without,
    /// and a multiple of <see cref="Align"/>. Where pages have many tokens, as many whole pages as fit, at least one.
    /// </summary>
    public int Every { get; set; }

    /// <summary>
    /// Checkpoints stand only at multiples of this many tokens (an engine's chunk), and where a page ends; what lies past the last multiple is not kept. 1 means
    /// at any page.
    /// </summary>
    public int Align { get; set; } = 1;

    /// <summary>A branch point's checkpoint is kept only where it saves at least so many tokens over the nearest checkpoint above it; 0 keeps all.</summary>
    public int LeastSaving { get; set; }
}

/// <summary>
/// A static method that says what a checkpoint at a place is worth; which of the places that <see cref="AdmissionAttribute"/> names get one follows from it. It reads
/// <c>position</c>, <c>fromLastCheckpoint</c>, <c>toBranch</c> and more (<see cref="BuiltInFeatures.OfPlaces"/>), hints of the request, tunables and policy states; no features of nodes,
/// since no node is there yet. A place whose worth is not a number gets none.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CheckpointAttribute : Attribute
{
    /// <summary>Places that are worth more than this get a checkpoint. Places are asked from the root on, so that each knows of those chosen above it.</summary>
    public double Above { get; set; } = double.NegativeInfinity;

    /// <summary>
    /// At most so many places of a request get a checkpoint: the best one first, then the best of the others, each time with the places that were chosen before as
    /// checkpoints above. Of equal ones, the deepest. 0 is no limit.
    /// </summary>
    public int Best { get; set; }
}

/// <summary>A static method that gives one term of the score; the score is the weighted sum of the terms and the lowest score is evicted.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TermAttribute : Attribute
{
    /// <summary>How the term is scaled over the candidates.</summary>
    public Normalize Normalize { get; set; }

    /// <summary>The weight: a number, or the name of a tunable, as in <c>nameof(Alpha)</c>; null is 1.</summary>
    public object? Weight { get; set; }
}

/// <summary>A static method that gives the whole score of a node; the lowest score is evicted. Of several, the later ones decide between equal earlier ones.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ScoreAttribute : Attribute
{
    /// <summary>Position in the lexicographic order: 0, 1, ... without a gap.</summary>
    public int Order { get; set; }
}

/// <summary>A number that may be set per run and tuned: a readable <c>init</c> property of type double.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TunableAttribute(double minimum, double maximum) : Attribute
{
    /// <summary>Least value.</summary>
    public double Minimum { get; } = minimum;

    /// <summary>Greatest value.</summary>
    public double Maximum { get; } = maximum;

    /// <summary>Distance of the values that a tuner tries, from the least to the greatest; where it is left out (0), no tuner can find the number.</summary>
    public double Step { get; set; }

    /// <summary>The value where none is given; where this is left out, 0 or the limit that is nearest to it.</summary>
    public double Default { get; set; }
}

/// <summary>
/// One number per cache, of type double, that begins at 0: formulas read it by its name. A method with <see cref="OnInsertAttribute"/>, <see cref="OnHitAttribute"/> or
/// <see cref="OnEvictAttribute"/> that names it gives it a new value at that event.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PolicyStateAttribute : Attribute;

/// <summary>
/// One number per node, of the author's own: formulas read it by the method's name in camel case, and the method gives its new value. Two methods of
/// one name, one with <see cref="OnInsertAttribute"/> and one with <see cref="OnHitAttribute"/>, give a feature that is updated from its own value.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FeatureAttribute(Unit unit = Unit.None) : Attribute
{
    /// <summary>The unit of the value; <c>Unit.None</c> fits every other.</summary>
    public Unit Unit { get; } = unit;
}

/// <summary>When a node is made. The custom feature is computed then; without it, it begins at 0. With a policy state, the method gives that its new value then.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnInsertAttribute(string? state = null) : Attribute
{
    /// <summary>The policy state that is written, as in <c>nameof(MeanGap)</c>; none for a custom feature.</summary>
    public string? State { get; } = state;
}

/// <summary>When a lookup uses a node. The custom feature is computed then; without it, it stays as it was. With a policy state, the method gives that its new value then.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnHitAttribute(string? state = null) : Attribute
{
    /// <summary>The policy state that is written, as in <c>nameof(MeanGap)</c>; none for a custom feature.</summary>
    public string? State { get; } = state;
}

/// <summary>The method gives a policy state's new value after each eviction. Besides features (of the victim), tunables and states it may read <c>victimScore</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class OnEvictAttribute(string state) : Attribute
{
    /// <summary>The policy state that is written, as in <c>nameof(Inflation)</c>.</summary>
    public string State { get; } = state;
}

/// <summary>
/// A static method that gives the class of a node, from 0 on: the cache counts how old nodes of each class are when they are hit or evicted, and scores and terms
/// read what it learns by name, for the node's class and age: <c>hitDensity</c>, <c>hazard</c>, <c>survival</c>, <c>reuseChance</c>. Before anything is learnt these
/// fall with the age alone, as under LRU. The age is <c>now - lastAccess</c>; old counts fade.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReuseTableAttribute(int classes) : Attribute
{
    /// <summary>How many classes there are, 1 to 64. What the method gives is rounded down, and brought within them.</summary>
    public int Classes { get; } = classes;
}

/// <summary>The tunable is found by replaying the first requests (Marconi, section 4.2): until then it keeps its default.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class BootstrapTunerAttribute(string tunable) : Attribute
{
    /// <summary>The tunable that is tuned over its grid, as in <c>nameof(Alpha)</c>; it has a step.</summary>
    public string Tunable { get; } = tunable;

    /// <summary>The tuner's window is this many times the requests seen before the first eviction.</summary>
    public int Multiplier { get; set; } = 5;
}

/// <summary>
/// The tunables are found, again and again, by replaying a sample of the recent requests in small caches of the same policy, one per candidate. A candidate is
/// adopted only where it hits more tokens than the present values by more than the noise of that difference, and kept only as long as the values that the
/// cache began with do not hit more: see docs/tuning.md.
/// </summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class ShadowTunerAttribute(params string[] tunables) : Attribute
{
    /// <summary>The tunables that are tuned, each over its grid.</summary>
    public IReadOnlyList<string> Tunables { get; } = tunables;
}
