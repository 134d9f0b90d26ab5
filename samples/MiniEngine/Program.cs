using MiniEngine;
using Squelch;

// Sixteen requests in flight; each step decodes a token of each. Nothing is set: Marconi declares its tuner, and the cache tunes itself while it serves.
using var engine = new Engine(capacityBytes: 4_000_000_000, mostAtOnce: 16);
var conversations = new Conversations(count: 60, seed: 1);
long asked = 0;
long hit = 0;
TuningState last = TuningState.Off;
int most = 20_000;
for (int request = 1; request <= most; request++)
{
    while (!engine.HasRoom)
    {
        engine.Step();
    }

    (int[] prompt, int[] output) = conversations.Next();
    asked += prompt.Length;
    hit += engine.Start(prompt, output);
    if (request % 100 == 0)
    {
        engine.CancelOldest();
    }

    if (engine.Tuning.State != last)
    {
        last = engine.Tuning.State;
        most = last == TuningState.Done ? request + 1000 : most;
        Console.WriteLine($"request {request}: {last}{string.Concat(engine.Tuning.Values.Select(value => $", {value.Key} = {value.Value}"))}");
    }
}

while (engine.InFlight > 0)
{
    engine.Step();
}

Console.WriteLine($"{100.0 * hit / asked:F1} % of the prompts' tokens needed no prefill; {engine.States} states are held for {engine.Nodes} nodes.");
