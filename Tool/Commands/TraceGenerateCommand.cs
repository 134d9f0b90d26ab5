using System.CommandLine;
using System.CommandLine.Parsing;
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

    private static readonly Dictionary<string, ThinkTime> s_thinkTimes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["poisson"] = ThinkTime.Poisson,
        ["exponential"] = ThinkTime.Exponential,
        ["lognormal"] = ThinkTime.LogNormal,
    };

    /// <summary>The command.</summary>
    public static ExampledCommand Create(Terminal terminal)
    {
        var family = new Option<TraceFamily>("--family")
        {
            Description = "What the sessions do: chat, agent, agent-compact (drops old observations every five turns), fewshot, or mixed.",
            HelpName = "name",
            CustomParser = result => Named(result, "--family", s_families),
            DefaultValueFactory = _ => TraceFamily.Chat,
        };
        var think = new Option<ThinkTime>("--think")
        {
            Description = "How the time between a session's requests is distributed: poisson, exponential or lognormal.",
            HelpName = "name",
            CustomParser = result => Named(result, "--think", s_thinkTimes),
            DefaultValueFactory = _ => ThinkTime.Exponential,
        };
        var sessions = new Option<int>("--sessions") { Description = "Sessions; those under way are held in memory, no more.", HelpName = "n", DefaultValueFactory = _ => 100 };
        var rate = new Option<double>("--rate") { Description = "Sessions that begin per second.", HelpName = "n", DefaultValueFactory = _ => 1 };
        var mean = new Option<double>("--think-seconds") { Description = "Mean time between a session's requests.", HelpName = "s", DefaultValueFactory = _ => 10 };
        var seed = new Option<ulong>("--seed") { Description = "The same seed gives the same trace.", HelpName = "n", DefaultValueFactory = _ => 0 };
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
        foreach (Option option in (Option[])[family, sessions, rate, think, mean, seed, target, quiet])
        {
            command.Options.Add(option);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            var recipe = new TraceRecipe
            {
                Family = parsed.GetValue(family),
                Sessions = parsed.GetValue(sessions),
                SessionsPerSecond = parsed.GetValue(rate),
                Think = parsed.GetValue(think),
                ThinkSeconds = parsed.GetValue(mean),
                Seed = parsed.GetValue(seed),
            };
            IEnumerable<Request> requests = TraceGenerator.Generate(recipe);
            string path = parsed.GetValue(target)!;
            long written = await ProgressBoard.WatchAsync(terminal, parsed.GetValue(quiet), board =>
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
        });
        return command;
    }

    private static T Named<T>(ArgumentResult result, string option, Dictionary<string, T> names)
        where T : struct
    {
        string text = result.Tokens[0].Value;
        if (names.TryGetValue(text, out T value))
        {
            return value;
        }

        string remedy = NearestName.Find(text, names.Keys) is { } nearest ? $"did you mean '{nearest}'?" : $"it can be {string.Join(", ", names.Keys)}";
        result.AddError($"{option} '{text}' is not known; {remedy}");
        return default;
    }
}
