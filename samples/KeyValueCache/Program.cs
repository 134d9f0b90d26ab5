using KeyValueCache;
using Squelch.Caching;

// A cache of texts, told what to do line by line:
//   printf 'set a hello\nget a\nstats\n' | dotnet run -c Release --project samples/KeyValueCache -- 1000
long capacity = 1_000_000;
if (args.Length > 0 && !(long.TryParse(args[0], out capacity) && capacity > 0))
{
    Console.Error.WriteLine($"'{args[0]}' is no capacity: give a number of bytes from 1.");
    return 1;
}

using var cache = new PolicyCache<string, string, OftenPerByte>(new()
{
    Capacity = capacity,
    SizeOf = (key, value) => sizeof(char) * (key.Length + value.Length),
    OnRemoved = removed =>
    {
        if (removed.Reason is RemovalReason.Capacity or RemovalReason.Expired)
        {
            Console.WriteLine($"gone: {removed.Key} ({removed.Reason})");
        }
    },
});

while (Console.ReadLine() is { } line)
{
    switch (line.Split(' ', 4, StringSplitOptions.RemoveEmptyEntries))
    {
        case []:
            break;
        case ["get", var key]:
            Console.WriteLine(cache.TryGet(key, out string? value) ? value : "(none)");
            break;
        case ["set", var key, var text]:
            cache.AddOrUpdate(key, text);
            break;
        case ["set", var key, var text, var number] when int.TryParse(number, out int seconds) && seconds > 0:
            cache.AddOrUpdate(key, text, new() { AbsoluteExpirationRelativeToNow = TimeSpan.FromSeconds(seconds) });
            break;
        case ["del", var key]:
            Console.WriteLine(cache.TryRemove(key) ? "removed" : "(none)");
            break;
        case ["pin", var key]:
            Console.WriteLine(cache.TryPin(key) ? "pinned" : "(none)");
            break;
        case ["resize", var number] when long.TryParse(number, out long bytes) && bytes > 0:
            cache.Resize(bytes);
            break;
        case ["list"]:
            foreach ((string key, string text) in cache.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                Console.WriteLine($"{key} {text}");
            }

            break;
        case ["stats"]:
            PolicyCacheMetrics metrics = cache.Metrics;
            Console.WriteLine($"{cache.Count} values, {cache.Size} of {cache.Capacity} bytes, {metrics.Hits} hits, {metrics.Misses} misses, {metrics.Evictions} evictions");
            break;
        default:
            Console.WriteLine("get KEY | set KEY VALUE [SECONDS] | del KEY | pin KEY | resize BYTES | list | stats");
            break;
    }
}

return 0;
