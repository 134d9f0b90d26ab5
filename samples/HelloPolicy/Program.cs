using HelloPolicy;
using Squelch.Lab;
using Squelch.Policies;

// A policy of your own beside the built-in ones. Give a trace file, or take the small chat that is made here.
Trace trace = args.Length > 0 ? TraceReader.Load(args[0]) : Chat(sessions: 60, turns: 8, seed: 1);
var options = new ReplayOptions { CapacityBytes = 4_000_000_000 };

Console.WriteLine($"{trace.Name}: {trace.Requests.Count} requests, {options.CapacityBytes / 1e9:0} GB, {options.Model.Name}");
foreach (ReplayResult result in new[] { Replay.Run<Cheapest>(trace, options), Replay.Run<Marconi>(trace, options), Replay.Run<Lru>(trace, options) })
{
    Console.WriteLine($"{result.Policy,-10} {result.TokenHitRate,7:P1} of input tokens reused, {result.FlopsSavedShare,7:P1} of prefill FLOPs saved");
}

static Trace Chat(int sessions, int turns, int seed)
{
    var random = new Random(seed);
    var histories = new List<int>[sessions];
    for (int i = 0; i < sessions; i++)
    {
        histories[i] = [.. Enumerable.Range(0, 200)];
    }

    var requests = new List<Request>();
    for (int i = 0; i < sessions * turns; i++)
    {
        List<int> history = histories[random.Next(sessions)];
        history.AddRange(Enumerable.Range(0, random.Next(20, 300)).Select(_ => random.Next(1000, 30_000)));
        int input = history.Count;
        history.AddRange(Enumerable.Range(0, random.Next(20, 400)).Select(_ => random.Next(1000, 30_000)));
        requests.Add(new Request { Pages = history.ToArray(), InputPages = input, InputTokens = input, OutputTokens = history.Count - input, Time = i });
    }

    return new Trace("made-up chat", 1, requests);
}
