using System.Globalization;
using System.Text;

namespace Squelch.Tool;

/// <summary>Regret as CSV: a row per replay.</summary>
internal static class RegretCsv
{
    /// <summary>The text; of each cell the policy first.</summary>
    public static string Of(RegretResults results)
    {
        var text = new StringBuilder();
        CsvText.AppendRow(text, ["model", "trace", "capacityBytes", "policy", "tokenHitRate", "regret"]);
        foreach (RegretOfModel ofModel in results.Models)
        {
            foreach (RegretCell cell in ofModel.Cells)
            {
                Append(ofModel.Own.Policy, cell.HitRate, cell.Regret);
                foreach ((string policy, double hitRate) in cell.Others)
                {
                    Append(policy, hitRate, cell.RegretOf(policy));
                }

                void Append(string policy, double hitRate, double regret)
                    => CsvText.AppendRow(text, [cell.Model, cell.Trace, cell.CapacityBytes.ToString(CultureInfo.InvariantCulture), policy, Number.Exact(hitRate), Number.Exact(regret)]);
            }
        }

        return text.ToString();
    }
}
