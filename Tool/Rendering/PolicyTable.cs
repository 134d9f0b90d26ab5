using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies, one row each.</summary>
internal static class PolicyTable
{
    /// <summary>The table.</summary>
    public static IRenderable Of(IEnumerable<PolicyDescriptor> policies)
    {
        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
        table.AddColumn(new TableColumn("policy").NoWrap());
        table.AddColumns("formula", "plan", "candidates", "touch", "admission", "tunables", "summary");
        foreach (PolicyDescriptor policy in policies)
        {
            string[] cells =
            [
                policy.Name,
                string.Join('\n', policy.Formula),
                PolicyWords.Plan(policy.Plan.Kind),
                PolicyWords.CandidateKind(policy.Candidates),
                PolicyWords.TouchKind(policy.Touch),
                PolicyWords.Admission(policy.Admission),
                string.Join('\n', policy.Tunables.Select(PolicyWords.Tunable)),
                policy.Summary,
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }
}
