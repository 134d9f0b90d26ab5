using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Squelch.Tool;

/// <summary>The limits of each trace, capacity and admission.</summary>
internal sealed class LimitTable
{
    private readonly ConcurrentDictionary<(Trace Trace, long Capacity, AdmissionKind Kind), OfflineLimits> _limits = new(Places);

    /// <summary>Two files may bear one name, and comparing whole traces would take long.</summary>
    public static IEqualityComparer<(Trace Trace, long Capacity, AdmissionKind Kind)> Places { get; } =
        EqualityComparer<(Trace Trace, long Capacity, AdmissionKind Kind)>.Create(
            static (x, y) => ReferenceEquals(x.Trace, y.Trace) && x.Capacity == y.Capacity && x.Kind == y.Kind,
            static place => HashCode.Combine(RuntimeHelpers.GetHashCode(place.Trace), place.Capacity, place.Kind));

    /// <summary>Where a replay's limits stand.</summary>
    public static (Trace Trace, long Capacity, AdmissionKind Kind) PlaceOf(ReplayCell cell)
        => (cell.Trace, cell.CapacityBytes, AdmissionKind.Of(cell.Policy));

    /// <summary>Adds some; from several threads at once, too.</summary>
    public void Add((Trace Trace, long Capacity, AdmissionKind Kind) place, OfflineLimits limits) => _limits[place] = limits;

    /// <summary>A replay's limits.</summary>
    public OfflineLimits Of(ReplayCell cell) => _limits[PlaceOf(cell)];
}
