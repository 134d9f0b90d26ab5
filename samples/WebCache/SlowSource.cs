using System.Collections.Concurrent;
using System.Diagnostics;

namespace WebCache;

/// <summary>Stands for a database: articles that take some milliseconds to read, and every tenth of them much longer.</summary>
internal sealed class SlowSource
{
    private readonly ConcurrentDictionary<string, double> _milliseconds = new();
    private long _spent;

    /// <summary>Milliseconds spent in reading so far.</summary>
    public long SpentMilliseconds => Volatile.Read(ref _spent);

    /// <summary>What reading an article costs: the milliseconds that it took the last time.</summary>
    public double CostOf(string key) => _milliseconds.GetValueOrDefault(key, 1);

    public async ValueTask<string> ReadAsync(int article, CancellationToken token)
    {
        long start = Stopwatch.GetTimestamp();
        await Task.Delay(article % 10 == 0 ? 60 : 5, token);
        double took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        _milliseconds[KeyOf(article)] = took;
        Interlocked.Add(ref _spent, (long)took);
        return $"Article {article}, read in {took:0} ms.";
    }

    public static string KeyOf(int article) => $"article {article}";
}
