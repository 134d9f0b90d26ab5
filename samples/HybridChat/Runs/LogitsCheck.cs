using System.Runtime.InteropServices;

namespace HybridChat;

/// <summary>Compares the logits of requests that reused states with those of a cold prefill in a context of its own, bit for bit.</summary>
/// <param name="context">Its first sequence is used.</param>
internal sealed class LogitsCheck(LlamaContext context)
{
    /// <summary>One request in so many is also compared with a prefill that is not cut.</summary>
    private const int UncutEvery = 8;

    /// <summary>Requests that reused states and computed the rest: their logits were compared.</summary>
    public int Reuses { get; private set; }

    /// <summary>Requests whose whole prompt was restored: their first tokens were compared.</summary>
    public int WholePrompts { get; private set; }

    public int Uncut { get; private set; }

    public List<string> Faults { get; } = [];

    public void Check(RunningRequest request)
    {
        if (request.RestoredTokens == 0)
        {
            return;
        }

        ReadOnlySpan<int> prompt = request.Tokens.AsSpan(0, request.PromptTokens);
        float[] cold = Prefill(prompt, cut: request.RestoredTokens);
        if (request.PromptLogits is not { } logits)
        {
            WholePrompts++;
            Expect(MostLikely(cold) == request.Next, request, $"the first token is {request.Next}, a cold prefill gives {MostLikely(cold)}");
            return;
        }

        Reuses++;
        int differ = MemoryMarshal.Cast<float, int>(cold).ToArray().Zip(MemoryMarshal.Cast<float, int>(logits).ToArray()).Count(pair => pair.First != pair.Second);
        Expect(differ == 0, request, $"{differ} of {cold.Length} logits differ from those of a cold prefill cut at token {request.RestoredTokens}");
        if (Reuses % UncutEvery == 1)
        {
            Uncut++;
            Expect(MostLikely(Prefill(prompt, cut: 0)) == MostLikely(logits), request, "a prefill that is not cut gives another first token");
        }
    }

    private static int MostLikely(float[] logits) => Array.IndexOf(logits, logits.Max());

    private float[] Prefill(ReadOnlySpan<int> prompt, int cut)
    {
        context.Clear(0);
        float[] logits = [];
        for (int at = 0; at < prompt.Length;)
        {
            int count = Math.Min(LlamaContext.MostBatch, (at < cut ? cut : prompt.Length) - at);
            logits = context.Compute(0, prompt.Slice(at, count), at).ToArray();
            at += count;
        }

        return logits;
    }

    private void Expect(bool holds, RunningRequest request, string fault)
    {
        if (!holds)
        {
            Faults.Add($"request {request.Index}, {request.PromptTokens} tokens: {fault}");
        }
    }
}
