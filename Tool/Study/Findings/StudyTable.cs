namespace Squelch.Tool;

/// <summary>A column of a figure's table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Measure">The kind of its numbers.</param>
internal sealed record StudyColumn(string Header, Measure Measure);

/// <summary>A row of a figure's table.</summary>
/// <param name="Traces">What it is about.</param>
/// <param name="At">Under which conditions, or which policy; empty where the figure has no such thing.</param>
/// <param name="Values">One per column; null where there is none.</param>
internal sealed record StudyRow(string Traces, string At, IReadOnlyList<Estimate?> Values);

/// <summary>The numbers of a figure.</summary>
/// <param name="AtHeader">The header over <see cref="StudyRow.At"/>; empty for none.</param>
/// <param name="Columns">The columns behind it.</param>
/// <param name="Rows">The rows.</param>
internal sealed record StudyTable(string AtHeader, IReadOnlyList<StudyColumn> Columns, IReadOnlyList<StudyRow> Rows);
