using System.Diagnostics.CodeAnalysis;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace HybridChat.Tests;

/// <summary>The tiny model in each architecture, loaded once for all tests; none where llama.cpp does not load.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It lives as long as the tests.")]
internal static class Llama
{
    private static readonly Dictionary<string, LlamaModel> s_models = [];

    public static TheoryData<string> Architectures => [.. TinyHybrid.Architectures];

    public static LlamaModel Model => Load(TinyHybrid.Granite);

    public static LlamaModel Load(string architecture)
    {
        Skip.If(LlamaLibrary.Fault is not null, $"llama.cpp does not load here: {LlamaLibrary.Fault}");
        if (!s_models.TryGetValue(architecture, out LlamaModel? model))
        {
            string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.gguf");
            try
            {
                TinyHybrid.Write(path, architecture);
                s_models.Add(architecture, model = new(path));
            }
            finally
            {
                File.Delete(path);
            }
        }

        return model;
    }

    public static LlamaContext Context(int sequences = 1, int tokens = 1024, string architecture = TinyHybrid.Granite) => new(Load(architecture), sequences, tokens, threads: 1);

    /// <summary>The first requests of the bundled trace whose prompts are short.</summary>
    public static Trace Trace(int requests, int mostTokens = 400)
    {
        Trace trace = TraceReader.Load(Path.Combine(AppContext.BaseDirectory, "conversations.jsonl.gz"));
        return trace with { Requests = [.. trace.Requests.Where(request => request.InputTokens <= mostTokens).Take(requests)] };
    }

    public static int[] Tokens(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(TinyHybrid.Vocabulary))];
    }

    /// <summary>Serves one request from its lookup to its commit.</summary>
    public static RunningRequest Serve(HybridEngine engine, int[] prompt, int[] answer)
    {
        RunningRequest request = engine.Start(0, prompt, answer);
        while (engine.Running.Count > 0)
        {
            engine.Step();
        }

        return request;
    }
}
