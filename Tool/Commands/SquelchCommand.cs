using System.CommandLine;
using System.CommandLine.Help;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary><c>squelch</c> itself: the bundled traces under every built-in policy.</summary>
internal static class SquelchCommand
{
    /// <summary>The first thing that people see is no long table.</summary>
    private static readonly ShownRows s_fewRows = new(6, 7, "squelch replay --all");

    /// <summary>The command with all its subcommands.</summary>
    public static RootCommand Create(Terminal terminal)
    {
        var root = new RootCommand(
            "Squelch replays request traces against cache policies. Without a subcommand it compares the built-in policies on two bundled traces.");
        root.HelpName = "squelch";
        foreach (ExampledCommand sub in (ExampledCommand[])
            [
                ReplayCommand.Create(terminal),
                AblateCommand.Create(terminal),
                RegretCommand.Create(terminal),
                StudyCommand.Create(terminal),
                PoliciesCommand.Create(terminal),
                FeaturesCommand.Create(terminal),
                ModelsCommand.Create(terminal),
                ExplainCommand.Create(terminal),
                ExplainVictimCommand.Create(terminal),
                CompareCommand.Create(terminal),
                TraceCommand.Create(terminal),
                CompletionCommand.Create(terminal),
            ])
        {
            root.Subcommands.Add(sub);
        }

        MistypedOption.RefuseIn(root);

        HelpOption help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction((_, cancellation) => CompareAsync(terminal, cancellation));
        return root;
    }

    private static async Task<int> CompareAsync(Terminal terminal, CancellationToken cancellation)
    {
        PolicyCatalog catalog = PolicyAssemblies.Load([]);
        var plan = new ReplayPlan
        {
            TracePaths = BundledTraces.Paths,
            Policies = PolicySelection.Choose(catalog, [], null, []),
            Baselines = PolicySelection.Baselines(catalog),
            FootprintShares = [ReplayPlan.TellingShare],
        };
        IReadOnlyList<ReplayOutcome> outcomes = await ProgressBoard.WatchAsync(terminal, board => new ReplayRunner(plan, board).RunAsync(cancellation));
        ComparisonReport.Write(terminal.Out, outcomes, s_fewRows);
        if (!terminal.IsQuiet)
        {
            terminal.Out.Write(new Text("Next: squelch explain Marconi · squelch replay --policy Marconi,SglangPlus · squelch replay --help\n", new Style(decoration: Decoration.Dim)));
        }

        return ExitCode.Success;
    }
}
