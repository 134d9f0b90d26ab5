namespace Squelch.Tool;

/// <summary>A column of a figure's table.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Measure">The kind of its numbers.</param>
internal sealed record StudyColumn(string Header, Measure Measure);

/// <summary>A column, and how its numbers are found.</summary>
/// <typeparam name="T">What a row is about besides traces.</typeparam>
/// <param name="Header">Its header.</param>
/// <param name="Measure">The kind of its numbers.</param>
/// <param name="Of">The number of a trace.</param>
internal sealed record StudyColumn<T>(string Header, Measure Measure, Func<WorkloadResults, T, double?> Of);

/// <summary>A row of a figure's table.</summary>
/// <param name="Traces">What it is about.</param>
/// <param name="At">Under which conditions, or which policy; empty where the figure has no such thing.</param>
/// <param name="Values">One per column; null where there is none.</param>
internal sealed record StudyRow(string Traces, string At, IReadOnlyList<Estimate?> Values);

/// <summary>The numbers of a figure.</summary>
/// <param name="AtHeader">The header over <see cref="StudyRow.At"/>; empty for none.</param>
/// <param name="Columns">The columns behind it.</param>
/// <param name="Rows">The rows.</param>
internal sealed record StudyTable(string AtHeader, IReadOnlyList<StudyColumn> Columns, IReadOnlyList<StudyRow> Rows)
{
    /// <summary>A row per trace or group and step. Rows without a number are left out.</summary>
    /// <param name="results">All replays.</param>
    /// <param name="atHeader">The header over the steps.</param>
    /// <param name="steps">With what they are called.</param>
    /// <param name="columns">The columns.</param>
    public static StudyTable Of<T>(StudyResults results, string atHeader, IReadOnlyList<(string Label, T At)> steps, IReadOnlyList<StudyColumn<T>> columns) => new(
        atHeader,
        [.. columns.Select(column => new StudyColumn(column.Header, column.Measure))],
        [
            .. from row in results.Rows
               from step in steps
               let values = (Estimate?[])[.. columns.Select(column => row.Part.Estimate(column.Measure, member => column.Of(member, step.At)))]
               where values.Any(value => value is not null)
               select new StudyRow(row.Name, step.Label, values),
        ]);

    /// <summary>A row per trace or group.</summary>
    public static StudyTable Of(StudyResults results, IReadOnlyList<(string Header, Measure Measure, Func<WorkloadResults, double?> Of)> columns)
        => Of(results, "", [("", 0)], [.. columns.Select(column => new StudyColumn<int>(column.Header, column.Measure, (member, _) => column.Of(member)))]);
}
