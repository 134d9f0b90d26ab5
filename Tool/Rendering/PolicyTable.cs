using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies, one row each.</summary>
internal static class PolicyTable
{
    private const int WidthOfAllColumns = 120;

    private static readonly (string Header, bool IsEssential, Func<PolicyDescriptor, string> Text)[] Columns =
    [
        ("policy", true, p => p.Name),
        ("formula", true, p => string.Join('\n', p.Formula)),
        ("plan", true, p => PolicyWords.Plan(p.Plan.Kind)),
        ("candidates", false, p => PolicyWords.CandidateKind(p.Candidates)),
        ("touch", false, p => PolicyWords.TouchKind(p.Touch)),
        ("admission", false, p => PolicyWords.Admission(p.Admission)),
        ("tunables", false, p => string.Join('\n', p.Tunables.Select(PolicyWords.Tunable))),
        ("summary", true, p => p.Summary),
    ];

    /// <summary>The table.</summary>
    /// <param name="width">The widest that fits; a narrow table shows the essential columns alone.</param>
    /// <param name="policies">The rows.</param>
    public static IRenderable Of(int width, IEnumerable<PolicyDescriptor> policies)
    {
        bool isWide = width >= WidthOfAllColumns;
        var shown = Columns.Where(c => isWide || c.IsEssential).ToArray();
        Table table = new Table().Border(TableBorder.Rounded).ShowRowSeparators();
        foreach ((string header, _, _) in shown)
        {
            var column = new TableColumn(header);
            table.AddColumn(header == "policy" ? column.NoWrap() : column);
        }

        foreach (PolicyDescriptor policy in policies)
        {
            table.AddRow(shown.Select(c => new Text(c.Text(policy))));
        }

        return isWide ? table : table.Caption("more columns on a wider terminal; all of one policy: squelch explain");
    }
}
