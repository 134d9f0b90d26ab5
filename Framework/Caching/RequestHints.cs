namespace Squelch;

/// <summary>Hints of an engine about a request; features of the same names.</summary>
/// <param name="Priority">Feature <c>priority</c>.</param>
/// <param name="Expires">Feature <c>expires</c>, on the cache's clock.</param>
/// <param name="NextUse">Feature <c>nextUse</c>, on the cache's clock.</param>
/// <param name="Turn">Feature <c>turn</c>.</param>
/// <param name="SessionGap">Feature <c>sessionGap</c>, in ticks of the cache's clock.</param>
/// <param name="Category">Feature <c>category</c>.</param>
public readonly record struct RequestHints(
    double Priority = 0,
    double Expires = double.PositiveInfinity,
    double NextUse = double.PositiveInfinity,
    double Turn = 1,
    double SessionGap = double.PositiveInfinity,
    double Category = 0)
{
    /// <summary>This request, at a time.</summary>
    internal Access At(double now) => new(now, Priority, Expires, NextUse, Turn, SessionGap, Category);
}
