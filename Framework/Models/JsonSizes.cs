using System.Text.Json;

namespace Squelch;

/// <summary>One object of a model file; every complaint names file, property and remedy.</summary>
/// <param name="Path">The file.</param>
/// <param name="Prefix">Where the object stands in it, e.g. "layers[2]."; empty for the whole.</param>
/// <param name="Element">The object.</param>
internal readonly record struct JsonSizes(string Path, string Prefix, JsonElement Element)
{
    /// <summary>Nothing real comes near; it keeps products of two within 64 bits.</summary>
    private const int Largest = 1 << 24;

    public bool Has(string property) => Element.TryGetProperty(property, out _);

    public void RequireObject()
    {
        if (Element.ValueKind != JsonValueKind.Object)
        {
            string place = Prefix.Length == 0 ? "the file" : Prefix.TrimEnd('.');
            throw new SquelchException($"{Path}: {place} is not a JSON object. Write {{ \"name\": ..., ... }} there.");
        }
    }

    /// <summary>A misspelt property would otherwise silently take its default.</summary>
    public void RequireKnown(string[] known)
    {
        HashSet<string> seen = [];
        foreach (JsonProperty property in Element.EnumerateObject())
        {
            if (!seen.Add(property.Name))
            {
                throw new SquelchException($"{Path}: property '{Prefix}{property.Name}' is there twice. Keep one.");
            }

            if (!known.Contains(property.Name))
            {
                string? near = NearestName.Find(property.Name, known);
                string hint = near is null ? "" : $" Did you mean '{near}'?";
                throw new SquelchException($"{Path}: property '{Prefix}{property.Name}' is not known.{hint} Known here: {string.Join(", ", known)}.");
            }
        }
    }

    public string Text(string property, string? or = null)
    {
        if (!Element.TryGetProperty(property, out JsonElement value))
        {
            return or ?? throw Missing(property, "a text");
        }

        string? text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return string.IsNullOrWhiteSpace(text) ? throw Wrong(property, "a text that is not empty") : text;
    }

    public int Size(string property, int? or = null, int least = 1)
    {
        if (!Element.TryGetProperty(property, out JsonElement value))
        {
            return or ?? throw Missing(property, "a whole number");
        }

        bool usable = value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number <= Largest && number >= Math.Min(least, or ?? least);
        return usable ? value.GetInt32() : throw Wrong(property, $"a whole number from {Math.Min(least, or ?? least)} to {Largest}");
    }

    public bool Flag(string property) => Element.TryGetProperty(property, out JsonElement value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(property, "true or false"),
    };

    public IEnumerable<JsonSizes> Objects(string property)
    {
        JsonElement array = Element.GetProperty(property);
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() == 0)
        {
            throw Wrong(property, "an array of at least one group of layers");
        }

        string path = Path;
        string place = $"{Prefix}{property}";
        return array.EnumerateArray().Select((element, index) => new JsonSizes(path, $"{place}[{index}].", element));
    }

    public SquelchException UnknownKind(string kind, string[] known)
    {
        string? near = NearestName.Find(kind, known);
        string hint = near is null ? "" : $" Did you mean '{near}'?";
        return new($"{Path}: property '{Prefix}kind' is '{kind}'.{hint} Known: {string.Join(", ", known)}.");
    }

    /// <summary>Runs a constructor whose complaints do not know the file.</summary>
    public ModelShape Build(Func<ModelShape> make)
    {
        try
        {
            return make();
        }
        catch (SquelchException complaint) when (!complaint.Message.StartsWith(Path, StringComparison.Ordinal))
        {
            throw new SquelchException($"{Path}: {complaint.Message}", complaint);
        }
    }

    private SquelchException Missing(string property, string kind)
        => new($"{Path}: property '{Prefix}{property}' is missing. Add it: {kind}.");

    private SquelchException Wrong(string property, string wanted)
    {
        string text = Element.GetProperty(property).GetRawText();
        return new($"{Path}: property '{Prefix}{property}' is {(text.Length > 40 ? text[..40] + "..." : text)}. It must be {wanted}.");
    }
}
