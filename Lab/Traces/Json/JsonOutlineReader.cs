using System.Text;
using System.Text.Json;

namespace Squelch.Lab;

/// <summary>Reads the outlines of the first values of some JSON, which may be cut off anywhere or be no JSON from some point on.</summary>
internal sealed class JsonOutlineReader
{
    private const int MostValues = 8;
    private const int MostItems = 4;
    private const int MostNames = 256;
    private const int MostDepth = 8;
    private const int MostText = 64;

    private readonly List<JsonOutline> _values = [];
    private readonly Stack<JsonOutline> _open = [];
    private string _name = "";

    private JsonOutlineReader()
    {
    }

    /// <summary>What was seen.</summary>
    /// <param name="Values">The outlines, the last maybe of a part.</param>
    /// <param name="Complete">How many of them are complete.</param>
    /// <param name="FaultAt">Where it stops to be JSON; -1 where it does not.</param>
    internal readonly record struct Seen(IReadOnlyList<JsonOutline> Values, int Complete, long FaultAt);

    /// <param name="head">The beginning.</param>
    /// <param name="isWhole">True where there is nothing behind it.</param>
    public static Seen Read(ReadOnlySpan<byte> head, bool isWhole)
    {
        var outline = new JsonOutlineReader();
        var json = new Utf8JsonReader(head, isWhole, new JsonReaderState(new() { AllowMultipleValues = true, AllowTrailingCommas = true, MaxDepth = 1000 }));
        int complete = 0;
        try
        {
            while (complete < MostValues && json.Read())
            {
                complete += outline.Take(ref json) ? 1 : 0;
            }
        }
        catch (JsonException)
        {
            return new(outline._values, complete, json.BytesConsumed);
        }

        return new(outline._values, complete, -1);
    }

    /// <summary>True where a value of the top level is complete.</summary>
    private bool Take(ref Utf8JsonReader json)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                _name = json.CurrentDepth <= MostDepth ? Text(ref json) : "";
                return false;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                if (json.CurrentDepth < MostDepth)
                {
                    _open.Push(Place(new(json.TokenType == JsonTokenType.StartObject ? JsonValueKind.Object : JsonValueKind.Array)));
                }

                return false;
            case JsonTokenType.EndObject or JsonTokenType.EndArray:
                if (json.CurrentDepth < MostDepth)
                {
                    _open.Pop();
                }

                break;
            default:
                if (json.CurrentDepth <= MostDepth && HasRoom)
                {
                    Place(Scalar(ref json));
                }

                break;
        }

        return json.CurrentDepth == 0;
    }

    private bool HasRoom => _open.Count == 0 || (_open.Peek() is { Kind: JsonValueKind.Array } array ? array.Items.Count < MostItems : _open.Peek().Properties.Count < MostNames);

    private JsonOutline Place(JsonOutline value)
    {
        if (_open.Count == 0)
        {
            _values.Add(value);
        }
        else if (HasRoom)
        {
            _open.Peek().Add(_name, value);
        }

        return value;
    }

    private static JsonOutline Scalar(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.String => new(JsonValueKind.String) { Text = Text(ref json) },
        JsonTokenType.Number => new(JsonValueKind.Number) { Text = Text(ref json) },
        JsonTokenType.True => new(JsonValueKind.True),
        JsonTokenType.False => new(JsonValueKind.False),
        _ => new(JsonValueKind.Null),
    };

    /// <summary>As it is written, escapes included: names and words that formats look for have none.</summary>
    private static string Text(ref Utf8JsonReader json) => Encoding.UTF8.GetString(json.ValueSpan[..Math.Min(MostText, json.ValueSpan.Length)]);
}
