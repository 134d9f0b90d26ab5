using Squelch.Caching;

// A server of map tiles. Some are asked for far more often than others; the requests are drawn from a seed, so every run is the same.
const int Tiles = 1000;
var random = new Random(1);
using PolicyCache<int, byte[], NamedPolicy> cache = TileCache.Create(capacityBytes: 1_000_000);
long drawn = 0;
long asked = 0;
for (int request = 0; request < 20_000; request++)
{
    int tile = (int)(Tiles * Math.Pow(random.NextDouble(), 3));
    asked += MapTile.PointsOf(tile);
    cache.GetOrAdd(
        tile,
        key =>
        {
            drawn += MapTile.PointsOf(key);
            return MapTile.Draw(key);
        },
        new() { Cost = MapTile.PointsOf(tile) });
}

Console.WriteLine($"{cache.Metrics.Hits:N0} of {cache.Metrics.Requests:N0} tiles came from the cache. They spared {1 - ((double)drawn / asked):P0} of the drawing.");
Console.WriteLine($"It keeps {cache.Count:N0} of {Tiles:N0} tiles in {cache.Size:N0} bytes.");
