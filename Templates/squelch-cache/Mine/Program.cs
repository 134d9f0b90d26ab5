// A server of map tiles. Some are asked for far more often than others; the requests are drawn from a seed, so every run is the same.
const int Tiles = 1000;
var random = new Random(1);
using var cache = new ValueCache<byte[]>(capacityBytes: 1_000_000);
long drawn = 0;
long asked = 0;
for (int request = 0; request < 20_000; request++)
{
    int tile = (int)(Tiles * Math.Pow(random.NextDouble(), 3));
    asked += MapTile.PointsOf(tile);
    cache.Get(tile, MapTile.PointsOf(tile), key =>
    {
        drawn += MapTile.PointsOf(key);
        return MapTile.Draw(key);
    });
}

Console.WriteLine($"{cache.Hits:N0} of {cache.Requests:N0} tiles came from the cache. They spared {1 - ((double)drawn / asked):P0} of the drawing.");
Console.WriteLine($"It keeps {cache.Count:N0} of {Tiles:N0} tiles in {cache.Bytes:N0} bytes.");
