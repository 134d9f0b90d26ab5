using SelfTuning;
using Squelch;

// An engine whose cache tunes itself while it serves. Nothing is set: Marconi declares its tuner.
using var engine = new Engine(capacityBytes: 4_000_000_000);
var conversations = new Conversations(count: 60, seed: 1);
TuningState last = TuningState.Off;
for (int request = 1; request <= 3000; request++)
{
    (int[] prompt, int[] output) = conversations.Next();
    engine.Serve(prompt, output);
    if (engine.Tuning.State != last)
    {
        last = engine.Tuning.State;
        Console.WriteLine($"request {request}: {last}{string.Concat(engine.Tuning.Values.Select(value => $", {value.Key} = {value.Value}"))}");
    }

    if (last is TuningState.Done or TuningState.Failed)
    {
        break;
    }
}
