using System.Collections.Immutable;
using System.Text.Json;

namespace Squelch;

/// <summary>Reads a <see cref="ModelShape"/> from JSON.</summary>
internal static class ModelJson
{
    private static readonly string[] _short = ["name", "source", "recurrent", "attention", "mlp", "hidden", "state"];
    private static readonly string[] _long = ["name", "source", "layers"];

    public static ModelShape Read(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path), path);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Published ahead of time, .NET's own message is the name of a text.
            string reason = unreadable switch
            {
                FileNotFoundException or DirectoryNotFoundException => "there is no such file",
                UnauthorizedAccessException => "it is a folder, or may not be read",
                _ => unreadable.Message,
            };
            throw new SquelchException($"{path}: the model file cannot be read ({reason}). Check the path and its permissions.", unreadable);
        }
    }

    /// <param name="utf8">The text.</param>
    /// <param name="place">Where it stands, for messages.</param>
    public static ModelShape Parse(ReadOnlyMemory<byte> utf8, string place)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return ReadModel(new(place, "", document.RootElement));
        }
        catch (JsonException malformed)
        {
            throw new SquelchException($"{place}, line {(malformed.LineNumber ?? 0) + 1}: not valid JSON. Correct it there, or see https://github.com/squelch/squelch/blob/main/docs/models.md for one to start from.", malformed);
        }
        catch (InvalidOperationException halfCharacter)
        {
            // Kinds are checked before values are read, so this is an escape of half a surrogate pair, which the parser lets pass.
            throw new SquelchException($"{place}: a text in it holds half a character (a \\ud800 to \\udfff escape without its partner). Write the character itself.", halfCharacter);
        }
    }

    private static ModelShape ReadModel(JsonSizes root)
    {
        root.RequireObject();
        if (root.Has("layers"))
        {
            root.RequireKnown(_long);
            ImmutableArray<LayerGroup> layers = [.. root.Objects("layers").Select(ReadLayer)];
            return root.Build(() => new(root.Text("name"), root.Text("source", root.Path), layers));
        }

        root.RequireKnown(_short);
        return root.Build(() => ModelShape.Paper(
            root.Text("name"), root.Size("recurrent", least: 0), root.Size("attention", least: 0), root.Size("mlp", least: 0),
            root.Size("hidden"), root.Size("state"), root.Text("source", root.Path)));
    }

    private static LayerGroup ReadLayer(JsonSizes layer)
    {
        layer.RequireObject();
        string kind = layer.Text("kind");
        string[] known = kind switch
        {
            "attention" => ["kind", "count", "hidden", "heads", "kvHeads", "headDim", "bytesPerElement", "input", "gated"],
            "mamba" => ["kind", "count", "hidden", "state"],
            "mamba1" => ["kind", "count", "hidden", "inner", "state", "dtRank", "convolution", "bytesPerElement"],
            "mamba2" => ["kind", "count", "hidden", "heads", "headDim", "state", "groups", "convolution", "bytesPerElement"],
            "gatedDeltaNet" => ["kind", "count", "hidden", "keyHeads", "keyDim", "valueHeads", "valueDim", "convolution", "bytesPerElement"],
            "mlp" => ["kind", "count", "hidden", "intermediate", "gated", "activeExperts", "routedExperts"],
            _ => throw layer.UnknownKind(kind, ["attention", "mamba", "mamba1", "mamba2", "gatedDeltaNet", "mlp"]),
        };
        layer.RequireKnown(known);
        int count = layer.Size("count");
        int hidden = layer.Size("hidden");
        return kind switch
        {
            "attention" => new AttentionLayers(count, hidden, layer.Size("heads"), layer.Size("kvHeads", or: layer.Size("heads")), layer.Size("headDim"))
            {
                BytesPerElement = layer.Size("bytesPerElement", or: 2),
                Input = layer.Size("input", or: 0),
                Gated = layer.Flag("gated"),
            },
            "mamba" => new PaperMambaLayers(count, hidden, layer.Size("state")),
            "mamba1" => new Mamba1Layers(count, hidden, layer.Size("inner"), layer.Size("state"), layer.Size("dtRank"))
            {
                Convolution = layer.Size("convolution", or: 4),
                BytesPerElement = layer.Size("bytesPerElement", or: 2),
            },
            "mamba2" => new Mamba2Layers(count, hidden, layer.Size("heads"), layer.Size("headDim"), layer.Size("state"), layer.Size("groups"))
            {
                Convolution = layer.Size("convolution", or: 4),
                BytesPerElement = layer.Size("bytesPerElement", or: 2),
            },
            "gatedDeltaNet" => new GatedDeltaNetLayers(count, hidden, layer.Size("keyHeads"), layer.Size("keyDim"), layer.Size("valueHeads"), layer.Size("valueDim"))
            {
                Convolution = layer.Size("convolution", or: 4),
                BytesPerElement = layer.Size("bytesPerElement", or: 2),
            },
            _ => new MlpLayers(count, hidden, layer.Size("intermediate"))
            {
                Gated = layer.Flag("gated"),
                ActiveExperts = layer.Size("activeExperts", or: 1),
                RoutedExperts = layer.Size("routedExperts", or: 0),
            },
        };
    }
}
