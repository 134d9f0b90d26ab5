using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch study</c>: the Marconi paper, claim by claim.</summary>
internal sealed class StudyCommand
{
    private readonly Argument<string[]> _traces = new("trace")
    {
        Description = "Traces of requests, or folders of them. Without one, the bundled traces. Generated ones are always among them.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _figures = new("--figures")
    {
        Description = $"What to find out, of {string.Join(", ", StudyFigure.All.Select(figure => figure.Name))}: the paper's figures, its tuner, and random eviction as a control. Without it, all.",
        HelpName = "a,b,..",
    };

    private readonly Option<bool> _quick = new("--quick") { Description = "A taste: fewer seeds, sessions, capacities and models." };

    private readonly Option<string?> _out = new(StudyFolder.Option)
    {
        Description = "Writes a page (study.html), JSON, CSV, Markdown and SVG into this folder, and keeps finished replays there: the same command goes on after an interruption.",
        HelpName = "folder",
    };

    private readonly NumberOption<int> _jobs = ToolOptions.Jobs();
    private readonly Terminal _terminal;

    private StudyCommand(Terminal terminal)
    {
        _terminal = terminal;
        _figures.CompletionSources.Add(context => NameCompletions.InList(context, StudyFigure.All.Select(figure => figure.Name)));
    }

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var study = new StudyCommand(terminal);
        var command = new ExampledCommand("study", "Does the evaluation of the Marconi paper again, and says of each claim what became of it.")
        {
            Examples =
            [
                "squelch study --quick",
                "squelch study traces --out study",
                "squelch study a.jsonl.gz b.jsonl.gz --figures 11,12a --out study",
            ],
        };
        command.Arguments.Add(study._traces);
        foreach (Option option in (Option[])[study._figures, study._quick, study._out, study._jobs])
        {
            command.Options.Add(option);
        }

        command.SetAction(study.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string? place = parsed.GetValue(_out);
        ResultPlaces.CheckFolder(_out.Name, place);
        StudyFolder? folder = place is null ? null : new(place);
        StudyScale scale = parsed.GetValue(_quick) ? StudyScale.Quick : StudyScale.Full;
        var plan = new StudyPlan
        {
            TracePaths = parsed.GetValue(_traces) is { Length: > 0 } given ? TraceFolders.Files(given) : BundledTraces.Paths,
            Figures = Chosen(parsed.GetValue(_figures)),
            Scale = scale,
            Policies = new(PolicyAssemblies.Load([]), scale.Alphas),
            Finished = folder?.Finished,
            Jobs = parsed.GetValue(_jobs),
        };
        Provenance? provenance = folder is null ? null : Provenance.Of(parsed.Tokens.Select(token => token.Value), plan.TracePaths, TimeProvider.System);
        StudyResults results = await ProgressBoard.WatchAsync(_terminal, board => new StudyRunner(plan, board).RunAsync(cancellation));
        FigureResult[] figures = [.. plan.Figures.Select(figure => figure.Reduce(results))];
        folder?.Write(results, figures, provenance!);
        new FindingsTable(results, figures).Write(_terminal.Out);
        if (folder is not null)
        {
            _terminal.Out.WriteNote($"{folder.Page} has pictures and tables.");
        }

        return ExitCode.Success;
    }

    private static StudyFigure[] Chosen(string? names)
    {
        if (names is null)
        {
            return [.. StudyFigure.All];
        }

        string[] wanted = CommaList.Split(names);
        foreach (string name in wanted.Where(name => !StudyFigure.All.Any(figure => Is(figure, name))))
        {
            string known = string.Join(", ", StudyFigure.All.Select(figure => figure.Name));
            throw new UsageException($"--figures: there is no figure '{name}'; there are {known}");
        }

        return wanted.Length > 0
            ? [.. StudyFigure.All.Where(figure => wanted.Any(name => Is(figure, name)))]
            : throw new UsageException("--figures names no figure; give one, as in --figures 11,12a");

        static bool Is(StudyFigure figure, string name) => figure.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
