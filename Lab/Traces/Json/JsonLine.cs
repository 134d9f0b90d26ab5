using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Squelch.Lab;

/// <summary>
/// Walks the properties of one JSON object on one line, forward only. Arrays of integers are most of a trace, so they are read in a loop
/// of their own; Utf8JsonReader takes several times as long there.
/// </summary>
internal ref partial struct JsonLine
{
    private const int MaxDepth = 32;
    private readonly ReadOnlySpan<byte> _text;
    private int _at;
    private bool _open;

    /// <summary>Steps into the object. The text ends with a line feed that belongs to no value: every loop stops there.</summary>
    public JsonLine(ReadOnlySpan<byte> lineAndFeed, TraceLine line)
    {
        _text = lineAndFeed;
        Line = line;
        SkipSpace();
        if (Current != '{')
        {
            throw Line.Error($"expected a JSON object, found {Found()}", "Each line is one request, { ... }; remove what is none");
        }

        _at++;
    }

    /// <summary>Where the line stands.</summary>
    public TraceLine Line { get; }

    private readonly byte Current => Unsafe.Add(ref MemoryMarshal.GetReference(_text), _at);

    private readonly bool AtEnd => _at >= _text.Length - 1;

    /// <summary>The next property's name, with the value ahead; false after the last one.</summary>
    public bool Next(out ReadOnlySpan<byte> name)
    {
        SkipSpace();
        if (Current == '}')
        {
            _at++;
            SkipSpace();
            name = default;
            return AtEnd ? false : throw Malformed("the end of the line");
        }

        if (_open)
        {
            Expect((byte)',');
            SkipSpace();
        }

        _open = true;
        name = Text();
        SkipSpace();
        Expect((byte)':');
        SkipSpace();
        return true;
    }

    /// <summary>Skips null; false where something else is ahead.</summary>
    public bool Null()
    {
        if (Current != 'n')
        {
            return false;
        }

        Literal("null"u8);
        return true;
    }

    /// <summary>A whole number that is not negative.</summary>
    public long Whole(string name)
    {
        double value = Number(name, out long whole);
        return whole >= 0 ? whole : throw Line.Error($"{name} is {Show(value)}", $"It must be a whole number from 0 to {long.MaxValue}");
    }

    /// <summary>A finite number.</summary>
    public double Number(string name) => Number(name, out _);

    /// <summary>A text as it stands, escapes included; false where something else is ahead.</summary>
    public bool TryText(out ReadOnlySpan<byte> text)
    {
        bool isText = Current == '"';
        text = isText ? Text() : default;
        return isText;
    }

    /// <summary>Steps over a value of any form.</summary>
    public void Skip() => Skip(0);

    private static string Show(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>False for what Utf8Parser takes for a number and JSON does not: +1, 01, .5 and 1.</summary>
    private static bool StartsAsJson(ReadOnlySpan<byte> number)
    {
        ReadOnlySpan<byte> digits = number.StartsWith((byte)'-') ? number[1..] : number;
        int whole = digits.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        ReadOnlySpan<byte> rest = whole < 0 ? default : digits[whole..];
        whole = whole < 0 ? digits.Length : whole;
        bool fraction = !rest.StartsWith((byte)'.') || (rest.Length > 1 && char.IsAsciiDigit((char)rest[1]));
        return fraction && (whole == 1 || (whole > 1 && digits[0] != '0'));
    }

    private double Number(string name, out long whole)
    {
        int first = _at;
        whole = -1;
        while (Current is (>= (byte)'0' and <= (byte)'9') or (byte)'-' or (byte)'+' or (byte)'.' or (byte)'e' or (byte)'E')
        {
            _at++;
        }

        ReadOnlySpan<byte> digits = _text[first.._at];
        if (!StartsAsJson(digits) || !Utf8Parser.TryParse(digits, out double value, out int used) || used != digits.Length)
        {
            _at = first;
            throw AtEnd ? Malformed($"the value of {name}") : Line.Error($"{name} is {Found()}", "It must be a number");
        }

        if (!double.IsFinite(value))
        {
            _at = first;
            throw Line.Error($"{name} is {Found()}, which is too large", "Write a smaller number");
        }

        if (!Utf8Parser.TryParse(digits, out whole, out used) || used != digits.Length)
        {
            // 3.0 is a whole number, written otherwise.
            whole = value >= 0 && value <= 1L << 53 && value == Math.Floor(value) ? (long)value : -1;
        }

        return value;
    }

    private void Skip(int depth)
    {
        SkipSpace();
        switch (Current)
        {
            case (byte)'"':
                Text();
                break;
            case (byte)'{':
            case (byte)'[':
                if (depth == MaxDepth)
                {
                    throw Line.Error($"values are nested more than {MaxDepth} deep", "Flatten the line; the reader needs none of that");
                }

                SkipItems(Current == '{', depth);
                break;
            case (byte)'t':
                Literal("true"u8);
                break;
            case (byte)'f':
                Literal("false"u8);
                break;
            case (byte)'n':
                Literal("null"u8);
                break;
            case (>= (byte)'0' and <= (byte)'9') or (byte)'-':
                Number("a number", out _);
                break;
            default:
                throw JsonFault.IsNoNumber(_text[_at..]) ? Line.Error(JsonFault.Describe(_text[..^1], _at), "Or remove the line") : Malformed("a value");
        }
    }

    private void SkipItems(bool isObject, int depth)
    {
        byte close = isObject ? (byte)'}' : (byte)']';
        _at++;
        SkipSpace();
        for (bool first = true; Current != close; first = false)
        {
            if (!first)
            {
                Expect((byte)',');
                SkipSpace();
            }

            if (isObject)
            {
                Text();
                SkipSpace();
                Expect((byte)':');
            }

            Skip(depth + 1);
            SkipSpace();
        }

        _at++;
    }

    /// <summary>The inside of a string as it stands, escapes included.</summary>
    private ReadOnlySpan<byte> Text()
    {
        Expect((byte)'"');
        int first = _at;
        while (true)
        {
            int stop = _text[_at..^1].IndexOfAny((byte)'"', (byte)'\\');
            if (stop < 0)
            {
                _at = _text.Length - 1;
                throw Malformed("the end of a string");
            }

            _at += stop;
            if (Current == '"')
            {
                return _text[first.._at++];
            }

            _at = Math.Min(_at + 2, _text.Length - 1);
        }
    }

    private void Literal(ReadOnlySpan<byte> literal)
    {
        if (!_text[_at..].StartsWith(literal))
        {
            throw Malformed("a value");
        }

        _at += literal.Length;
    }

    private void Expect(byte wanted)
    {
        if (Current != wanted)
        {
            throw Malformed($"'{(char)wanted}'");
        }

        _at++;
    }

    private void SkipSpace()
    {
        while (Current is (byte)' ' or (byte)'\t' or (byte)'\r')
        {
            _at++;
        }
    }

    private SquelchException BadItem(string name, int index, int at, string legal)
    {
        while (at > 0 && _text[at - 1] is not ((byte)',' or (byte)'[' or (byte)' '))
        {
            at--;
        }

        _at = at;
        return AtEnd ? Malformed($"{name}[{index}]") : Line.Error($"{name}[{index}] is {Found()}", legal);
    }

    private readonly SquelchException Malformed(string wanted) => AtEnd
        ? Line.Error($"the line ends where {wanted} is expected (byte {_at + 1})", "It was cut short: write or copy the trace again, or remove the line")
        : JsonFault.IsPythons(_text[_at..]) ? Line.Error(JsonFault.Describe(_text[..^1], _at), "Or remove the line")
        : Line.Error($"malformed JSON: expected {wanted}, found {Found()} at byte {_at + 1}", "Correct or remove the line");

    /// <summary>What stands here, short enough for a message.</summary>
    private readonly string Found()
    {
        if (AtEnd)
        {
            return "the end of the line";
        }

        ReadOnlySpan<byte> rest = _text[_at..^1];
        int stop = rest[1..].IndexOfAny(",]}: \t\r"u8);
        rest = stop < 0 ? rest : rest[..(stop + 1)];
        return rest.Length <= 24 ? $"'{System.Text.Encoding.UTF8.GetString(rest)}'" : $"'{System.Text.Encoding.UTF8.GetString(rest[..24])}...'";
    }
}
