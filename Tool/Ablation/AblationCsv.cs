using System.Globalization;
using System.Text;

namespace Squelch.Tool;

/// <summary>An ablation as CSV: a row per replay.</summary>
internal static class AblationCsv
{
    /// <summary>The text; what is not changed is an empty cell.</summary>
    public static string Of(AblationResults results)
    {
        Aspect[] aspects = Enum.GetValues<Aspect>();
        var text = new StringBuilder();
        CsvText.AppendRow(text, ["trace", "capacityBytes", .. aspects.Select(AblationTable.Word), "tokenHitRate"]);
        foreach (AblationCell cell in results.Cells)
        {
            foreach ((double hitRate, IReadOnlyList<AblationChange> combination) in cell.HitRates.Zip(results.Space.Combinations))
            {
                CsvText.AppendRow(text,
                [
                    cell.Trace,
                    cell.CapacityBytes.ToString(CultureInfo.InvariantCulture),
                    .. aspects.Select(aspect => combination.FirstOrDefault(change => change.Aspect == aspect)?.Name ?? ""),
                    Number.Exact(hitRate),
                ]);
            }
        }

        return text.ToString();
    }
}
