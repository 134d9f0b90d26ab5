using System.Globalization;
using Squelch;

namespace HybridChat;

/// <summary>The command line.</summary>
internal sealed record Arguments
{
    public const string Usage = """
        HybridChat: a hybrid model in llama.cpp, under a prefix cache

          --model FILE      a GGUF file of a hybrid (default: a tiny one with random weights, written anew)
          --architecture A  of the tiny model: granitehybrid (default), nemotron_h or falcon-h1
          --save-model FILE keep the tiny model there, for squelch replay --model FILE
          --trace FILE      requests as token ids (default: conversations.jsonl.gz, beside the program)
          --requests N      the first N of them
          --capacity BYTES  the cache's budget (default 4000000)
          --in-flight N     requests side by side in the second run (default 4)
          --context N       tokens of a sequence (default 4096)
          --threads N       of llama.cpp (default 1: times repeat, also on a busy machine)
          --check           compare the logits of every reuse with a cold prefill, and measure nothing
          --chart FILE      write a picture (SVG) of the times against the lengths of the prompts
        """;

    public string? Model { get; init; }

    /// <summary>Of the tiny model; null where none is asked for.</summary>
    public string? Architecture { get; init; }

    public string? SaveModel { get; init; }

    public string Trace { get; init; } = Path.Combine(AppContext.BaseDirectory, "conversations.jsonl.gz");

    public int Requests { get; init; } = int.MaxValue;

    public long Capacity { get; init; } = 4_000_000;

    public int InFlight { get; init; } = 4;

    public int Context { get; init; } = 4096;

    public int Threads { get; init; } = 1;

    public bool Check { get; init; }

    public string? Chart { get; init; }

    /// <exception cref="SquelchException">An option is not known, lacks its value, or has one that it cannot have.</exception>
    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        for (int i = 0; i < args.Length; i++)
        {
            string option = args[i];
            parsed = option switch
            {
                "--check" => parsed with { Check = true },
                "--model" => parsed with { Model = Value() },
                "--architecture" => parsed with { Architecture = Known(Value()) },
                "--save-model" => parsed with { SaveModel = Value() },
                "--trace" => parsed with { Trace = Value() },
                "--chart" => parsed with { Chart = Value() },
                "--requests" => parsed with { Requests = Number(1, int.MaxValue) },
                "--capacity" => parsed with { Capacity = Number(1, int.MaxValue) },
                "--in-flight" => parsed with { InFlight = Number(1, 64) },
                "--context" => parsed with { Context = Number(2, 1 << 20) },
                "--threads" => parsed with { Threads = Number(1, 256) },
                _ => throw new SquelchException($"'{option}' is not known. --help lists the options."),
            };

            string Value() => ++i < args.Length ? args[i] : throw new SquelchException($"{option} needs a value. --help lists the options.");

            int Number(int least, int most)
            {
                string text = Value();
                return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
                    ? number
                    : throw new SquelchException($"{option} is '{text}'. It must be a whole number from {least} to {most}.");
            }
        }

        return parsed switch
        {
            { Model: not null, SaveModel: not null } => throw new SquelchException("--save-model keeps the tiny model, but --model gives another. Leave one out."),
            { Model: not null, Architecture: not null } => throw new SquelchException("--architecture is one of the tiny model, but --model gives another. Leave one out."),
            _ => parsed,
        };
    }

    private static string Known(string architecture) => TinyHybrid.Architectures.Contains(architecture)
        ? architecture
        : throw new SquelchException($"--architecture is '{architecture}'. The tiny model can be {string.Join(", ", TinyHybrid.Architectures)}.");
}
