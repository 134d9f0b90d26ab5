using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary><c>squelch</c> itself: the bundled trace under every built-in policy.</summary>
internal static class SquelchCommand
{
    /// <summary>The command with all its subcommands.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var examples = new Dictionary<Command, string[]>();
        var quiet = ToolOptions.Quiet();
        var root = new RootCommand(
            "Squelch replays request traces against cache policies. Without a subcommand it compares the built-in policies on the bundled production trace.")
        {
            quiet,
        };
        root.HelpName = "squelch";
        examples[root] = ["squelch", "squelch replay trace.jsonl.gz --capacity 20GB,40GB", "squelch explain Marconi"];

        foreach (ExampledCommand sub in (ExampledCommand[])
            [ReplayCommand.Create(terminal), PoliciesCommand.Create(terminal), ModelsCommand.Create(terminal), ExplainCommand.Create(terminal), ExplainVictimCommand.Create(terminal), CompareCommand.Create(terminal), TraceCommand.Create(terminal)])
        {
            root.Subcommands.Add(sub);
            for (ExampledCommand? command = sub; command is not null; command = command.Subcommands.OfType<ExampledCommand>().FirstOrDefault())
            {
                examples[command] = command.Examples;
            }
        }

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, examples);
        root.SetAction((parsed, cancellation) => CompareAsync(terminal, parsed.GetValue(quiet), cancellation));
        return root;
    }

    private static async Task<int> CompareAsync(Terminal terminal, bool quiet, CancellationToken cancellation)
    {
        PolicyCatalog catalog = PolicyAssemblies.Load([]);
        var plan = new ReplayPlan
        {
            TracePaths = BundledTraces.Paths,
            Policies = PolicySelection.Choose(catalog, [], null, []),
            Baselines = PolicySelection.Baselines(catalog),
            FootprintShares = [0.05],
        };
        IReadOnlyList<ReplayOutcome> outcomes = await ProgressBoard.WatchAsync(terminal, quiet, board => new ReplayRunner(plan, board).RunAsync(cancellation));
        ComparisonReport.Write(terminal.Out, outcomes);
        terminal.Out.Write(new Text("Next: squelch explain Marconi · squelch replay --capacity 100GB,400GB --policy Marconi,SglangPlus · squelch replay --help\n", new Style(decoration: Decoration.Dim)));
        return ExitCode.Success;
    }
}
