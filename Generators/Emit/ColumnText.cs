using Squelch.Generators.Ir;
using Squelch.Generators.Planning;

namespace Squelch.Generators.Emit;

/// <summary>What a column holds, as its author would write it, on one line.</summary>
internal static class ColumnText
{
    public static string Of(PlannedColumn column)
        => GeneratedFile.OneLine(column.Formula ?? ScalarText.Of(column.Source, leaf => leaf is Read read ? read.Name : null, system: ""));
}
