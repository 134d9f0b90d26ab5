using System.CommandLine;

namespace Squelch.Tool;

/// <summary><c>squelch trace generate</c>: seeded traces of sessions.</summary>
internal static class TraceGenerateCommand
{
    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var family = new NamedOption<TraceFamily>(
            "--family", ("chat", TraceFamily.Chat), ("agent", TraceFamily.Agent), ("agent-compact", TraceFamily.AgentCompact), ("fewshot", TraceFamily.FewShot), ("mixed", TraceFamily.Mixed))
        {
            Description = "What the sessions do; agent-compact drops old observations every five turns.",
        };
        var sessions = new NumberOption<int>("--sessions", "a whole number of 1 or more", "100", value => value >= 1)
        {
            Description = "Sessions; those under way are held in memory, no more.",
            DefaultValueFactory = _ => 100,
        };
        var times = new SessionTimesOptions();
        Option<string> target = TraceCommand.Out("JSON lines, packed where its name ends in .gz or .zst");
        var command = new ExampledCommand("generate", "Makes a seeded trace of chats, agents or few-shot prompts.")
        {
            Examples =
            [
                "squelch trace generate --family agent --sessions 100 --out agent.jsonl.gz",
                "squelch trace generate --family mixed --sessions 100000 --rate 50 --think lognormal --seed 7 --out mixed.jsonl.zst",
            ],
        };
        foreach (Option option in (Option[])[family, sessions, .. times.All, target])
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            new TraceRecipe { Family = family.Of(parsed), Sessions = parsed.GetValue(sessions), Times = times.Read(parsed) },
            parsed.GetValue(target)!,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, TraceRecipe recipe, string path, CancellationToken cancellation)
    {
        TraceCommand.CheckPacking(path);
        IEnumerable<Request> requests = TraceGenerator.Generate(recipe);
        long written = await ProgressBoard.WatchAsync(terminal, board =>
        {
            ProgressBar bar = board.Add("sessions", recipe.Sessions, ProgressUnit.Requests);
            using ResultFile file = ResultFile.Create(path, terminal);
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
        TraceCommand.Confirm(terminal, path, $"{Number.Counted(written, "request")} of {Number.Counted(recipe.Sessions, "session")}");
        return ExitCode.Success;
    }
}
