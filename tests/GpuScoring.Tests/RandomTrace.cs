namespace Squelch.GpuScoring.Tests;

/// <summary>A seeded trace of conversations that share prefixes, and what its replay under a policy does.</summary>
internal static class RandomTrace
{
    /// <summary>Small enough for the simulator, with a few hundred victims at <see cref="CapacityBytes"/>.</summary>
    public static Trace Make(int requests = 150, int seed = 5)
    {
        var random = new Random(seed);
        var sessions = new List<List<int>>();
        var lines = new List<string>();
        for (int request = 0; request < requests; request++)
        {
            if (sessions.Count < 3 || random.Next(3) == 0)
            {
                List<int> fresh = sessions.Count > 0 && random.Next(2) == 0 ? [.. sessions[random.Next(sessions.Count)].Take(1 + random.Next(60))] : [];
                fresh.AddRange(Tokens(random, 10 + random.Next(60)));
                sessions.Add(fresh);
            }

            List<int> session = sessions[random.Next(sessions.Count)];
            int[] output = Tokens(random, 5 + random.Next(30));
            lines.Add($"{{\"session_id\": {request}, \"turn_id\": 0, \"ts\": {request}, \"num_input_tokens\": {session.Count}, \"num_output_tokens\": {output.Length}, \"input_tokens\": [{string.Join(", ", session)}], \"output_tokens\": [{string.Join(", ", output)}]}}");
            session.AddRange(output);
        }

        string file = Path.Combine(Path.GetTempPath(), $"squelch-gpu-{Guid.NewGuid():N}.jsonl");
        try
        {
            File.WriteAllLines(file, lines);
            return TraceReader.Load(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>A budget that this many checkpoints fill.</summary>
    public static long CapacityBytes(int checkpoints = 24) => checkpoints * (ModelShape.PaperHybrid.CheckpointBytes + ModelShape.PaperHybrid.KvBytes(60));

    private static int[] Tokens(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(1000))];
}
