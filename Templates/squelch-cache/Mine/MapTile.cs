/// <summary>Tiles of a map. Every tenth shows a city, which takes far longer to draw than open country and is not much larger.</summary>
public static class MapTile
{
    private const int Side = 64;

    /// <summary>Drawn points that a tile takes: what drawing it costs.</summary>
    public static int PointsOf(int tile) => Side * Side * (tile % 10 == 0 ? 16 : 1);

    /// <summary>Draws a tile.</summary>
    public static byte[] Draw(int tile)
    {
        var picture = new byte[Side * Side];
        var random = new Random(tile);
        for (int point = 0; point < PointsOf(tile); point++)
        {
            picture[random.Next(picture.Length)]++;
        }

        return picture;
    }
}
