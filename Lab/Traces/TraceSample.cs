using System.Text;
using System.Text.Json;

namespace Squelch.Lab;

/// <summary>The beginning of a file, parsed as far as it goes: what formats know their files by.</summary>
public sealed class TraceSample
{
    /// <summary>Bytes that a message shows of what is no text.</summary>
    private const int Beginning = 16;

    private readonly JsonOutlineReader.Seen _json;

    internal TraceSample(string name, ReadOnlyMemory<byte> head, bool isWhole)
    {
        Name = name;
        Head = head.Span.StartsWith("\uFEFF"u8) ? head[3..] : head;
        IsWhole = isWhole;
        ReadOnlySpan<byte> text = Head.Span.TrimStart(" \t\r\n"u8);
        _json = text.StartsWith("["u8) || IsObject(text) ? JsonOutlineReader.Read(Head.Span, isWhole) : new([], 0, -1);
        Records = [.. _json.Values.SelectMany(value => IsList(value) ? value.Items : [value])];
    }

    /// <summary>What messages call the file: its name, too, may tell.</summary>
    public string Name { get; }

    /// <summary>The first bytes, unpacked, as UTF-8, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Head { get; }

    /// <summary>True where there is no more of the file than <see cref="Head"/>.</summary>
    public bool IsWhole { get; }

    /// <summary>True where it begins as JSON does.</summary>
    public bool IsJson => _json.Values.Count > 0;

    /// <summary>The first values of JSON: lines, or the items of one list; none where it is no JSON. The last may be known in part only.</summary>
    public IReadOnlyList<JsonOutline> Records { get; }

    /// <summary>True where its records are the items of one list.</summary>
    internal bool IsOneList => IsJson && IsList(_json.Values[0]);

    /// <summary>True where more of it would tell no more.</summary>
    internal bool IsDecided => IsWhole || !IsJson || _json.FaultAt >= 0 || _json.Complete > 0;

    /// <summary>True where the first value of JSON is an object that goes over several lines.</summary>
    internal bool IsIndented
    {
        get
        {
            ReadOnlySpan<byte> head = Head.Span.TrimStart(" \t\r\n"u8);
            int feed = head.IndexOf((byte)'\n');
            return _json.Complete > 0 && feed >= 0 && JsonOutlineReader.Read(head[..feed], isWhole: true).Complete == 0;
        }
    }

    /// <summary>What is wrong with its first value of JSON; null where nothing is, or it is no JSON.</summary>
    internal string? Fault
    {
        get
        {
            if (_json.FaultAt < 0 || _json.Complete > 0)
            {
                return null;
            }

            int separators = Math.Max(0, Head.Span[(int)_json.FaultAt..].IndexOfAnyExcept(" \t\r\n,:"u8));
            return JsonFault.Describe(Head.Span, (int)_json.FaultAt + separators);
        }
    }

    /// <summary>What was seen, for a message.</summary>
    internal string Describe()
    {
        if (Head.Span.TrimStart(" \t\r\n"u8).IsEmpty)
        {
            return IsWhole ? "it is empty" : "it begins with nothing but space";
        }

        return IsJson
            ? $"its {(IsOneList ? "list begins with" : "first value is")} {Shape(Records.Count > 0 ? Records[0] : _json.Values[0], 0)}"
            : IndexOfNoText(Head.Span) is var broken and >= 0 ? NoText(broken) : $"its first line is '{FirstLine()}'";
    }

    /// <summary>True where it begins as an object does; a key such as {user}:1 does not. Python's marks count, so that a message can name them.</summary>
    private static bool IsObject(ReadOnlySpan<byte> text)
        => text.StartsWith("{"u8) && (text[1..].TrimStart(" \t\r\n"u8) is [] or [(byte)'"' or (byte)'\'' or (byte)'}', ..]);

    private string NoText(int broken)
        => broken < Beginning
            ? $"its first bytes are {Convert.ToHexString(Head.Span[..Math.Min(Beginning, Head.Length)])}, which is no text"
            : $"it begins as text, but line {1 + Head.Span[..broken].Count((byte)'\n')} has a byte {Head.Span[broken]:X2}, which no text has";

    /// <summary>True where nothing in it but tabs and ends of lines is below a space.</summary>
    internal static bool IsText(ReadOnlySpan<byte> bytes) => IndexOfNoText(bytes) < 0;

    private static int IndexOfNoText(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < ' ' && bytes[i] is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f'))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>A list of records, unlike a record that is a list, as a batch of events may be: [1.5, [...]].</summary>
    private static bool IsList(JsonOutline value)
        => value.Kind == JsonValueKind.Array && (value.Items.Count == 0 || value.Items[0].Kind is JsonValueKind.Object or JsonValueKind.Array);

    private static string Shape(JsonOutline value, int depth) => value.Kind switch
    {
        JsonValueKind.Object when value.Properties.Count == 0 => "an empty object",
        JsonValueKind.Object when depth > 0 => $"{{ {Names.Listed(value.Properties.Keys, 6)} }}",
        JsonValueKind.Object => $"an object with {Names.Listed(value.Properties.Keys)}{Inside(value)}",
        JsonValueKind.Array when value.Items.Count == 0 => "an empty list",
        JsonValueKind.Array => $"a list of {Shape(value.Items[0], depth + 1)}",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => value.Kind == JsonValueKind.Null ? "null" : "true or false",
    };

    /// <summary>The first property that holds objects: what is looked for may stand there.</summary>
    private static string Inside(JsonOutline value)
    {
        foreach ((string name, JsonOutline inside) in value.Properties)
        {
            if (inside.Kind == JsonValueKind.Object && inside.Properties.Count > 0)
            {
                return $"; {Names.Listed([name])} is {Shape(inside, 1)}";
            }

            if (inside.Kind == JsonValueKind.Array && inside.Items.Count > 0 && inside.Items[0].Kind == JsonValueKind.Object)
            {
                return $"; {Names.Listed([name])} is a list of {Shape(inside.Items[0], 1)}";
            }
        }

        return "";
    }

    private string FirstLine()
    {
        ReadOnlySpan<byte> text = Head.Span.TrimStart(" \t\r\n"u8);
        int end = text.IndexOfAny((byte)'\n', (byte)'\r');
        text = end < 0 ? text : text[..end];
        return text.Length <= 60 ? Encoding.UTF8.GetString(text) : Encoding.UTF8.GetString(text[..60]) + "...";
    }
}
