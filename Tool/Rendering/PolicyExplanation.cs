using Spectre.Console;

namespace Squelch.Tool;

/// <summary>A policy laid out in panels: formula, reads, columns, tunables, rules, plan.</summary>
internal static class PolicyExplanation
{
    /// <summary>Writes the panels.</summary>
    public static void Write(IAnsiConsole console, PolicyDescriptor policy)
    {
        console.Write(new Text($"{policy.Name}\n", new Style(decoration: Decoration.Bold)));
        if (policy.Summary.Length > 0)
        {
            console.Write(new Text($"{policy.Summary}\n"));
        }

        Panel(console, "formula (the lowest score is evicted)", Lines(policy.Formula, "written by hand: see the selector"));
        Panel(console, "reads", Rows(policy.Features.Select(f => (string[])[f.Name, PolicyWords.UnitName(f.Unit), f.Meaning]), "no features"), "feature", "unit", "meaning");
        Panel(console, "columns kept per node", Rows(policy.Columns.Select(c => (string[])[c.Name, PolicyWords.UnitName(c.Unit), c.Formula]), "none"), "column", "unit", "formula");
        if (!policy.StateUpdates.IsEmpty)
        {
            Panel(console, "numbers of the policy itself", Rows(policy.StateUpdates.Select(update => (string[])[update.State, "at each " + string.Join(" and ", PolicyLanguage.EventNames(update.At)), update.Formula]), ""), "number", "new value", "formula");
        }

        Panel(console, "tunables", Lines([.. policy.Tunables.Select(PolicyWords.Tunable), .. Tuner(policy)], "none"));
        if (policy.Admission.Formula is { } formula)
        {
            Panel(console, $"checkpoints ({PolicyWords.Choice(formula)})", Lines([$"{formula.Name} = {formula.Text}"], ""));
            Panel(console, "reads of a place", Rows(formula.Reads.Select(f => (string[])[f.Name, PolicyWords.UnitName(f.Unit), f.Meaning]), "nothing"), "name", "unit", "meaning");
        }

        Panel(console, "rules", Rows(Rules(policy), ""));
        Panel(console, $"plan: {PolicyWords.Plan(policy.Plan.Kind)}", Lines(policy.Plan.Reasons, "no reasons given"));
        Panel(
            console,
            $"device plan: {policy.Device switch { null => "not compiled", { HasKernel: true } => "kernels", _ => "CPU only" }}",
            Lines(policy.Device?.Steps ?? [], "The policy was compiled without the package Squelch.GpuScoring; reference it in its project to have kernels written."));
    }

    private static IEnumerable<string> Tuner(PolicyDescriptor policy)
        => policy.BootstrapTunable is { } tunable
            ? [$"{tunable} is tuned on the first requests: {policy.BootstrapMultiplier} times as many as came before the first eviction ({PolicySettings.BootstrapMultiplierName})"]
            : policy.ShadowTunables.IsEmpty ? []
            : [$"{string.Join(" and ", policy.ShadowTunables)} {(policy.ShadowTunables.Length == 1 ? "is" : "are")} tuned on the newest requests, again and again, in shadows (https://github.com/squelch/squelch/blob/main/docs/tuning.md)"];

    private static IEnumerable<string[]> Rules(PolicyDescriptor policy) =>
    [
        ["candidates", PolicyWords.CandidateKind(policy.Candidates)],
        .. policy.Trim > 0 ? (string[][])[["trim", $"without checkpoints in the model, a leaf gives up its last {Number.Counted(policy.Trim, "token")} at a time, in whole pages"]] : [],
        ["touch", PolicyWords.TouchKind(policy.Touch)],
        ["admission", PolicyWords.Admission(policy.Admission)],
        ["ties", "the node created first goes first"],
    ];

    private static void Panel(IAnsiConsole console, string header, string[][] rows, params string[] headers)
    {
        bool hasHeaders = rows[0].Length == headers.Length;
        if (Terminal.IsWatched(console))
        {
            console.Write(new Panel(GridOutput.Of(rows, hasHeaders ? headers : [])) { Header = new PanelHeader(Markup.Escape(header)), Border = BoxBorder.Rounded, Expand = true });
            return;
        }

        console.WriteLine();
        console.WriteLine(header);
        GridOutput.WritePlain(console, hasHeaders ? [headers, .. rows] : rows, indent: "  ");
    }

    private static string[][] Lines(IReadOnlyCollection<string> lines, string whenEmpty) => Rows(lines.Select(line => (string[])[line]), whenEmpty);

    private static string[][] Rows(IEnumerable<string[]> rows, string whenEmpty) => [.. rows.DefaultIfEmpty([whenEmpty])];
}
