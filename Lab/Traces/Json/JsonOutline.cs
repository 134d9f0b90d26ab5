using System.Text.Json;

namespace Squelch.Lab;

/// <summary>
/// The shape of a JSON value, as far as it was seen: names, kinds, the first items of arrays, short texts. By it a format knows its files, wherever in
/// them a property stands.
/// </summary>
public sealed class JsonOutline
{
    private static readonly Dictionary<string, JsonOutline> s_none = [];

    private Dictionary<string, JsonOutline>? _properties;
    private List<JsonOutline>? _items;

    internal JsonOutline(JsonValueKind kind) => Kind = kind;

    /// <summary>What the value is.</summary>
    public JsonValueKind Kind { get; }

    /// <summary>An object's properties by name; none for other kinds.</summary>
    public IReadOnlyDictionary<string, JsonOutline> Properties => _properties ?? s_none;

    /// <summary>An array's first items.</summary>
    public IReadOnlyList<JsonOutline> Items => _items ?? (IReadOnlyList<JsonOutline>)[];

    /// <summary>A text's first characters, or a number as it is written; null for other kinds.</summary>
    public string? Text { get; internal init; }

    /// <summary>The property of a name, or null where there is none.</summary>
    /// <param name="name">The name.</param>
    public JsonOutline? this[string name] => Properties.GetValueOrDefault(name);

    /// <summary>True where the value is an object with such a property.</summary>
    /// <param name="name">The property's name.</param>
    /// <param name="kind">What it must be.</param>
    public bool Has(string name, JsonValueKind kind) => this[name]?.Kind == kind;

    /// <summary>Adds a property to an object, or an item to an array, which needs no name.</summary>
    internal void Add(string name, JsonOutline value)
    {
        if (Kind == JsonValueKind.Object)
        {
            (_properties ??= [])[name] = value;
        }
        else
        {
            (_items ??= []).Add(value);
        }
    }
}
