using Squelch;
using Squelch.Policies;

namespace HybridChat;

/// <summary>The same prompt twice: computed from the start, and after all but its end was kept.</summary>
/// <param name="Kept">Tokens that were kept.</param>
/// <param name="Left">Tokens after them.</param>
/// <param name="ColdMilliseconds">Time to the first token from the start; the median of three.</param>
/// <param name="ReusedMilliseconds">The same with reuse.</param>
internal sealed record ReuseProbe(int Kept, int Left, double ColdMilliseconds, double ReusedMilliseconds)
{
    public double Ratio => ColdMilliseconds / ReusedMilliseconds;

    public static ReuseProbe Measure(LlamaContext context, LlamaModel model, int kept = 2048, int left = 64)
    {
        var random = new Random(2);
        double[] cold = new double[3];
        double[] reused = new double[3];
        for (int i = 0; i < cold.Length; i++)
        {
            int[] prompt = [.. Enumerable.Range(0, kept + left).Select(_ => random.Next(Math.Min(1000, model.Vocabulary)))];
            using (var engine = new HybridEngine(context, null))
            {
                cold[i] = engine.Start(0, prompt, []).TimeToFirstToken.TotalMilliseconds;
            }

            using var cache = new PrefixCache<Lru>(new() { CapacityBytes = 4 * (model.Shape.CheckpointBytes + model.Shape.KvBytes(kept + left)), Model = model.Shape });
            using var warm = new HybridEngine(context, cache);
            warm.Start(0, prompt[..(kept - 8)], prompt[(kept - 8)..kept]);
            while (warm.Running.Count > 0)
            {
                warm.Step();
            }

            RunningRequest again = warm.Start(1, prompt, []);
            reused[i] = again.RestoredTokens == kept
                ? again.TimeToFirstToken.TotalMilliseconds
                : throw new SquelchException($"{again.RestoredTokens} of {kept} tokens were restored: llama.cpp refused the rest.");
        }

        return new(kept, left, cold.Order().ElementAt(1), reused.Order().ElementAt(1));
    }
}
