using System.Text.Json;
using System.Text.Json.Serialization;

namespace Squelch;

/// <summary>
/// Reads a model from JSON: <c>{"name":"x","recurrent":24,"attention":4,"mlp":28,"hidden":4096,"state":128}</c> by the paper's formulas; with
/// <c>kvWidth</c>, <c>inner</c> or <c>intermediate</c> given, grouped KV heads, a Mamba of that inner width, or a gated MLP of that width.
/// </summary>
public static class ModelFile
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="SquelchException">The file cannot be read, is no JSON, or a property is missing or out of range.</exception>
    public static ModelShape Read(string path)
    {
        Content content;
        try
        {
            using FileStream stream = File.OpenRead(path);
            content = JsonSerializer.Deserialize<Content>(stream, s_options) ?? throw new SquelchException($"{path}: the file holds null; write a model object.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new SquelchException($"{path}: the model file cannot be read: {exception.Message}", exception);
        }
        catch (JsonException exception)
        {
            throw new SquelchException($"{path}: {exception.Message} Write {{\"name\", \"recurrent\", \"attention\", \"mlp\", \"hidden\", \"state\"}}.", exception);
        }

        int recurrent = Need(path, "recurrent", content.Recurrent, 0);
        int attention = Need(path, "attention", content.Attention, 0);
        int mlp = Need(path, "mlp", content.Mlp, 0);
        int hidden = Need(path, "hidden", content.Hidden, 1);
        int state = recurrent == 0 ? content.State ?? 0 : Need(path, "state", content.State, 1);
        if (recurrent + attention == 0)
        {
            throw new SquelchException($"{path}: the model has neither attention nor recurrent layers; there would be nothing to cache.");
        }

        int kv = Need(path, "kvWidth", content.KvWidth ?? hidden, 1);
        RecurrentLayers layers = content.Inner is { } inner
            ? RecurrentLayers.Mamba(recurrent, hidden, Need(path, "inner", inner, 1), state, inner + (2L * state))
            : RecurrentLayers.Paper(recurrent, hidden, state);
        MlpLayers mlps = content.Intermediate is { } intermediate
            ? new MlpLayers(mlp, 3L * hidden * Need(path, "intermediate", intermediate, 1))
            : MlpLayers.Paper(mlp, hidden);
        return new ModelShape(content.Name ?? Path.GetFileNameWithoutExtension(path), path, [new AttentionLayers(attention, hidden, hidden, kv)], [layers], [mlps]);
    }

    private static int Need(string path, string property, int? value, int least)
        => value is null
            ? throw new SquelchException($"{path}: \"{property}\" is missing; add it as a whole number.")
            : value >= least ? value.Value : throw new SquelchException($"{path}: \"{property}\" is {value}; give a whole number from {least}.");

    private sealed record Content(
        string? Name, int? Recurrent, int? Attention, int? Mlp, int? Hidden, int? State, int? KvWidth = null, int? Inner = null, int? Intermediate = null);
}
