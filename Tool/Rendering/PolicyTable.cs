using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies, one row each: how they run on the left, what they do on the right.</summary>
internal static class PolicyTable
{
    private static readonly Style s_quiet = new(decoration: Decoration.Dim);

    /// <summary>Writes the table: for another program with a column for each fact.</summary>
    public static void Write(IAnsiConsole console, IEnumerable<PolicyDescriptor> policies)
        => console.WriteTable(Terminal.IsWatched(console) ? Framed(policies) : Plain(policies));

    private static Table Plain(IEnumerable<PolicyDescriptor> policies)
    {
        Table table = new Table().AddColumns("policy", "plan", "candidates", "refreshes", "checkpoints", "tunables", "formula");
        foreach (PolicyDescriptor policy in policies)
        {
            string[] cells =
            [
                policy.Name,
                PolicyWords.Plan(policy.Plan.Kind),
                PolicyWords.CandidateKind(policy.Candidates),
                PolicyWords.TouchKind(policy.Touch),
                PolicyWords.Admission(policy.Admission),
                string.Join("; ", policy.Tunables.Select(PolicyWords.Tunable)),
                string.Join("; ", policy.Formula),
            ];
            table.AddRow(cells.Select(cell => new Text(cell)));
        }

        return table;
    }

    private static Table Framed(IEnumerable<PolicyDescriptor> policies)
    {
        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators().Caption("all of one policy: squelch explain");
        table.AddColumn(new TableColumn("policy").NoWrap());
        table.AddColumn("formula, source, columns");
        foreach (PolicyDescriptor policy in policies)
        {
            table.AddRow(new Rows(Left(policy)), new Rows(Right(policy)));
        }

        return table;
    }

    private static IEnumerable<IRenderable> Left(PolicyDescriptor policy)
    {
        yield return new Text(policy.Name + (policy.NeedsFuture ? PolicyWords.OfflineMark : ""), new Style(decoration: Decoration.Bold));
        yield return new Text(PolicyWords.Plan(policy.Plan.Kind));
        yield return new Text(PolicyWords.CandidateKind(policy.Candidates), s_quiet);
        yield return new Text($"refreshes the {PolicyWords.TouchKind(policy.Touch)}", s_quiet);
    }

    private static IEnumerable<IRenderable> Right(PolicyDescriptor policy)
    {
        foreach (string line in policy.Formula)
        {
            yield return new Text(line, new Style(decoration: Decoration.Bold));
        }

        yield return new Text(policy.Summary);
        if (policy.Columns.Length > 0)
        {
            yield return new Text($"columns: {string.Join(", ", policy.Columns.Select(column => column.Name))}", s_quiet);
        }

        if (policy.Tunables.Length > 0)
        {
            yield return new Text($"tunables: {string.Join("; ", policy.Tunables.Select(PolicyWords.Tunable))}", s_quiet);
        }

        yield return new Text($"checkpoints: {PolicyWords.Admission(policy.Admission)}", s_quiet);
    }
}
