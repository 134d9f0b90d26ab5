using System.ComponentModel;

namespace Squelch.CompilerServices;

/// <summary>How a term's extremes over the candidates can be found.</summary>
/// <param name="Name">The term.</param>
/// <param name="Normalized">It is scaled over the candidates.</param>
/// <param name="Column">The one column in which it is monotone, or -1.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct TermShape(string Name, bool Normalized, int Column);

/// <summary>The values of a column for which the compiler's proofs hold.</summary>
/// <param name="Low">Least value.</param>
/// <param name="High">Greatest value.</param>
/// <param name="AtMostNow">The clock is an upper limit too.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ColumnRange(double Low, double High, bool AtMostNow);
