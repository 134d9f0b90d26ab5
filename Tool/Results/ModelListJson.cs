namespace Squelch.Tool;

/// <summary>Model shapes as JSON: what <c>squelch models</c> tells of them.</summary>
internal static class ModelListJson
{
    private const int PrefillTokens = 10_000;

    /// <summary>An array of models.</summary>
    public static string Of(IEnumerable<ModelShape> models) => JsonText.Of(models.Select(model => new
    {
        name = model.Name,
        checkpointBytes = model.CheckpointBytes,
        kvBytesPerToken = model.KvBytes(1),
        flopsOf10kTokens = (double)model.Flops(PrefillTokens).Total,
        source = model.Source,
    }));
}
