using System.Collections.Immutable;

namespace Squelch;

/// <summary>One number per node that a formula may read by name.</summary>
/// <param name="Name">The parameter name that binds to it.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Minimum">Least legal value.</param>
/// <param name="Maximum">Greatest legal value.</param>
/// <param name="Meaning">What it says.</param>
public sealed record FeatureDescriptor(string Name, Unit Unit, double Minimum, double Maximum, string Meaning)
{
    /// <summary>What it is in a cache of keys (<see cref="KeyCache"/>), where a key is a leaf under one root.</summary>
    public string OfKeys => Row?.OfKeys ?? "the same";

    /// <summary>True where it tells what has not happened yet: a replay knows, an engine can only guess.</summary>
    public bool NeedsFuture => Row?.NeedsFuture == true;

    /// <summary>True where only a prefix tree, or an engine's sessions, give it a meaning: a cache of values refuses a policy that reads it.</summary>
    public bool NeedsTree => Row?.NeedsTree == true;

    /// <summary>True where it is one number for all nodes of a selection, so that alone it tells none from another.</summary>
    public bool IsSameForAll => Row?.Source == FeatureSource.Clock;

    /// <summary>True where a reuse table gives it, so that scores and terms of policies with <see cref="ReuseTableAttribute"/> alone can read it.</summary>
    public bool NeedsReuseTable => Row?.Source == FeatureSource.Reuse;

    /// <summary>Null for a feature of a policy's own.</summary>
    private FeatureRow? Row => FeatureTable.Has(Name) ? FeatureTable.Of(Name) : null;
}

/// <summary>The features that policies may read: all of them, but for those of a reuse table.</summary>
public static class BuiltInFeatures
{
    /// <summary>All of them, in the order of the documentation.</summary>
    public static ImmutableArray<FeatureDescriptor> All { get; } = [.. FeatureTable.All.Select(Of)];

    /// <summary>What a <see cref="CheckpointAttribute"/> formula may read of a place where a checkpoint could stand; hints are in <see cref="All"/>.</summary>
    public static ImmutableArray<FeatureDescriptor> OfPlaces { get; } = [.. PlaceTable.All.Select(Of)];

    private static FeatureDescriptor Of(FeatureRow feature) => new(feature.Name, Enum.Parse<Unit>(feature.Unit), feature.Low, feature.High, feature.Meaning);
}
