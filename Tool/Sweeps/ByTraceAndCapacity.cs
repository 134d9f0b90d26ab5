using System.Runtime.CompilerServices;

namespace Squelch.Tool;

/// <summary>What a table is made for. Two files may bear one name, and comparing whole traces would take long.</summary>
internal sealed class ByTraceAndCapacity : IEqualityComparer<(Trace Trace, long Capacity)>
{
    public bool Equals((Trace Trace, long Capacity) x, (Trace Trace, long Capacity) y) => ReferenceEquals(x.Trace, y.Trace) && x.Capacity == y.Capacity;

    public int GetHashCode((Trace Trace, long Capacity) key) => HashCode.Combine(RuntimeHelpers.GetHashCode(key.Trace), key.Capacity);
}
