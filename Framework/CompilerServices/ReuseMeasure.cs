using System.ComponentModel;

namespace Squelch.CompilerServices;

/// <summary>What a reuse table says of a class and an age; the features of the same names.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum ReuseMeasure
{
    /// <summary>Hits that are to come, per tick that the node will still be held.</summary>
    HitDensity,

    /// <summary>Hits per tick at this age.</summary>
    Hazard,

    /// <summary>The share that is not used again before this age; what is evicted earlier is left out.</summary>
    Survival,

    /// <summary>The share of those that reach this age which is used again before it is evicted.</summary>
    ReuseChance,
}
