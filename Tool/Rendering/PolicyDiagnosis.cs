using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What the policy compiler proved of a policy.</summary>
internal static class PolicyDiagnosis
{
    /// <summary>Writes a table of proofs and what follows from them.</summary>
    public static void Write(IAnsiConsole console, PolicyDescriptor policy)
    {
        console.Write(new Text($"{policy.Name}\n", new Style(decoration: Decoration.Bold)));
        if (policy.Proofs.IsEmpty)
        {
            console.Write(new Text("Nothing is proven: the selector is written by hand.\n"));
        }
        else
        {
            Table table = new Table().Border(TableBorder.Rounded).AddColumns("formula", "least", "greatest", "unit", "is a number", "rises with", "falls with", "open in");
            foreach (ProofDescriptor proof in policy.Proofs)
            {
                table.AddRow([.. Row(proof).Select(cell => new Text(cell))]);
            }

            console.WriteTable(table);
        }

        string[][] facts = [.. Facts(policy)];
        if (Terminal.IsWatched(console))
        {
            console.Write(GridOutput.Of(facts));
        }
        else
        {
            GridOutput.WritePlain(console, facts);
        }
    }

    private static IEnumerable<string> Row(ProofDescriptor proof) =>
    [
        proof.Name,
        Number.Limit(proof.Minimum),
        Number.Limit(proof.Maximum),
        proof.Unit,
        proof.Certainty switch
        {
            Certainty.Finite => "finite, proven",
            Certainty.Number => "proven, infinity not excluded",
            _ => "not proven, guarded",
        },
        With(proof, Trend.Rises),
        With(proof, Trend.Falls),
        With(proof, Trend.Open),
    ];

    private static IEnumerable<string[]> Facts(PolicyDescriptor policy) =>
    [
        ["plan", PolicyWords.Plan(policy.Plan.Kind)],
        ["prunable", policy.Plan.Kind switch
        {
            PlanKind.PrunedScan => "yes: blocks of nodes have a bound",
            PlanKind.FullScan => "no",
            PlanKind.Custom => "not known",
            _ => "not needed: the order is kept",
        }],
        .. policy.Plan.Reasons.Select(reason => (string[])["", reason]),
        ["bytes per node", $"{policy.ColumnBytes} in {policy.Columns.Length} {(policy.Columns.Length == 1 ? "column" : "columns")}, beside the tree's own"],
    ];

    private static string With(ProofDescriptor proof, Trend trend)
        => string.Join(", ", proof.Trends.Where(item => item.Trend == trend).Select(item => item.Feature));
}
