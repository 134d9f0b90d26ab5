using Spectre.Console;
using Spectre.Console.Rendering;

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
        Panel(console, "reads", Grid(["feature", "unit", "meaning"], policy.Features.Select(f => (string[])[f.Name, PolicyWords.UnitName(f.Unit), f.Meaning]), "no features"));
        Panel(console, "columns kept per node", Grid(["column", "unit", "formula"], policy.Columns.Select(c => (string[])[c.Name, PolicyWords.UnitName(c.Unit), c.Formula]), "none"));
        Panel(console, "tunables", Lines([.. policy.Tunables.Select(PolicyWords.Tunable), .. Tuner(policy)], "none"));
        Panel(console, "rules", Grid(null, Rules(policy), ""));
        Panel(console, $"plan: {PolicyWords.Plan(policy.Plan.Kind)}", Lines(policy.Plan.Reasons, "no reasons given"));
        Panel(
            console,
            $"device plan: {policy.Device switch { null => "not compiled", { HasKernel: true } => "kernels", _ => "CPU only" }}",
            Lines(policy.Device?.Steps ?? [], "The policy was compiled without Squelch.GpuScoring; reference it to have kernels written."));
    }

    private static IEnumerable<string> Tuner(PolicyDescriptor policy)
        => policy.BootstrapTunable is { } tunable
            ? [$"{tunable} is tuned on the first requests: {policy.BootstrapMultiplier} times as many as came before the first eviction ({PolicySettings.BootstrapMultiplierName})"]
            : [];

    private static IEnumerable<string[]> Rules(PolicyDescriptor policy) =>
    [
        ["candidates", PolicyWords.CandidateKind(policy.Candidates)],
        ["touch", PolicyWords.TouchKind(policy.Touch)],
        ["admission", PolicyWords.Admission(policy.Admission)],
        ["ties", "the node created first goes first"],
    ];

    private static void Panel(IAnsiConsole console, string header, IRenderable content)
        => console.Write(new Panel(content) { Header = new PanelHeader(Markup.Escape(header)), Border = BoxBorder.Rounded, Expand = true });

    private static Text Lines(IReadOnlyCollection<string> lines, string whenEmpty) => new(lines.Count == 0 ? whenEmpty : string.Join('\n', lines));

    private static IRenderable Grid(string[]? headers, IEnumerable<string[]> rows, string whenEmpty)
    {
        string[][] cells = [.. rows];
        if (cells.Length == 0)
        {
            return new Text(whenEmpty);
        }

        var grid = new Grid();
        foreach (string cell in cells[0])
        {
            grid.AddColumn(new GridColumn().PadRight(3));
        }

        if (headers is not null)
        {
            grid.AddRow([.. headers.Select(h => new Text(h, new Style(decoration: Decoration.Dim)))]);
        }

        foreach (string[] row in cells)
        {
            grid.AddRow([.. row.Select(cell => new Text(cell))]);
        }

        return grid;
    }
}
