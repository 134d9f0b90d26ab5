using System.CommandLine;
using Spectre.Console;

namespace Squelch.Tool;

/// <summary><c>squelch trace generate</c>: seeded traces of sessions.</summary>
internal static class TraceGenerateCommand
{
    private static readonly Dictionary<string, TraceFamily> s_families = new(StringComparer.OrdinalIgnoreCase)
    {
        ["chat"] = TraceFamily.Chat,
        ["agent"] = TraceFamily.Agent,
        ["agent-compact"] = TraceFamily.AgentCompact,
        ["fewshot"] = TraceFamily.FewShot,
        ["mixed"] = TraceFamily.Mixed,
    };

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var family = new Option<TraceFamily>("--family")
        {
            Description = "What the sessions do: chat, agent, agent-compact (drops old observations every five turns), fewshot, or mixed.",
            HelpName = "name",
            CustomParser = result => NamedValue.Parse(result, "--family", s_families),
            DefaultValueFactory = _ => TraceFamily.Chat,
        };
        var sessions = new Option<int>("--sessions") { Description = "Sessions; those under way are held in memory, no more.", HelpName = "n", DefaultValueFactory = _ => 100 };
        var times = new SessionTimesOptions();
        Option<string> target = TraceCommand.Out("JSON lines, packed where its name ends in .gz or .zst");
        Option<bool> quiet = ToolOptions.Quiet();
        var command = new ExampledCommand("generate", "Makes a seeded trace of chats, agents or few-shot prompts.")
        {
            Examples =
            [
                "squelch trace generate --family agent --sessions 100 --out agent.jsonl.gz",
                "squelch trace generate --family mixed --sessions 100000 --rate 50 --think lognormal --seed 7 --out mixed.jsonl.zst",
            ],
        };
        foreach (Option option in (Option[])[family, sessions, .. times.All, target, quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            new TraceRecipe { Family = parsed.GetValue(family), Sessions = parsed.GetValue(sessions), Times = times.Read(parsed) },
            parsed.GetValue(target)!,
            parsed.GetValue(quiet),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, TraceRecipe recipe, string path, bool quiet, CancellationToken cancellation)
    {
        IEnumerable<Request> requests = TraceGenerator.Generate(recipe);
        long written = await ProgressBoard.WatchAsync(terminal, quiet, board =>
        {
            ProgressBar bar = board.Add("sessions", recipe.Sessions, ProgressUnit.Requests);
            using ResultFile file = ResultFile.Create(path);
            long count = 0;
            file.Write(stream => TraceWriter.WriteTokens(stream, path, Watched()));
            file.Complete();
            return Task.FromResult(count);

            IEnumerable<Request> Watched()
            {
                long begun = 0;
                foreach (Request request in requests)
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (request.Session >= begun)
                    {
                        bar.Advance(request.Session + 1 - begun);
                        begun = request.Session + 1;
                    }

                    count++;
                    yield return request;
                }
            }
        });
        terminal.Out.WriteLine($"{Number.Count(written)} requests of {Number.Count(recipe.Sessions)} sessions: {path}");
        return ExitCode.Success;
    }
}
