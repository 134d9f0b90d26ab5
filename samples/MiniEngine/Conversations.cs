namespace MiniEngine;

/// <summary>Made-up conversations: the same system prompt, then turn after turn.</summary>
public sealed class Conversations(int count, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<int>[] _histories = [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 200).ToList())];

    /// <summary>The next turn of one of them.</summary>
    public (int[] Prompt, int[] Output) Next()
    {
        List<int> history = _histories[_random.Next(_histories.Length)];
        if (history.Count > 6000)
        {
            history.RemoveRange(200, history.Count - 200);
        }

        history.AddRange(Words(20, 300));
        int[] prompt = [.. history];
        int[] output = Words(20, 400);
        history.AddRange(output);
        return (prompt, output);
    }

    private int[] Words(int least, int most) => [.. Enumerable.Range(0, _random.Next(least, most)).Select(_ => _random.Next(1000, 30_000))];
}
