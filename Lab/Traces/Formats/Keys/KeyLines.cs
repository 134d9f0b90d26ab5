using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Squelch.Lab;

/// <summary>Reads lines of keys as their layout says. A line may stand for several requests.</summary>
/// <param name="lines">The lines.</param>
/// <param name="layout">What their fields are.</param>
/// <param name="unitSizes">True to count every key as 1: sizes are checked to be numbers, and may be 0 or of any length.</param>
internal sealed class KeyLines(LineReader lines, KeyLayout layout, bool unitSizes)
{
    /// <summary>Lines that stand for more requests than this would make a small file fill the memory.</summary>
    private const long MostPerLine = 256;

    private const long FreeRequests = 1 << 20;

    /// <summary>No cost is above what FLOPs can be.</summary>
    private static readonly double s_mostCost = BuiltInFeatures.All.Single(feature => feature.Name == "flopsSaved").Maximum;

    private readonly LineFields _fields = new(layout.Separator);
    private readonly long[] _others = new long[KeyOperations.Others];
    private KeyRequest _current;
    private long _left;
    private ulong _step;
    private long _requests;
    private bool _begun;

    /// <summary>Lines without a size, which counted as 1.</summary>
    public long WithoutSize { get; private set; }

    /// <summary>Lines without a cost, which counted as 1.</summary>
    public long WithoutCost { get; private set; }

    /// <summary>Comments after the first request.</summary>
    public long Comments { get; private set; }

    /// <summary>Lines that set or delete their keys, and how often each.</summary>
    public IEnumerable<(string Operation, long Lines)> LeftOut => Enumerable.Range(0, _others.Length).Where(other => _others[other] > 0).Select(other => (KeyOperations.Word(other), _others[other]));

    private TraceLine Place => lines.Line;

    /// <summary>The next request; false at the end.</summary>
    public bool Next(out KeyRequest request)
    {
        while (_left == 0)
        {
            if (!lines.TryRead(out ReadOnlySpan<byte> line))
            {
                request = default;
                return false;
            }

            Take(lines.Line.Number == 1 && line.StartsWith("\uFEFF"u8) ? line["\uFEFF"u8.Length..] : line);
        }

        request = _current;
        _current = _current with { Key = _current.Key + _step };
        _left--;
        return true;
    }

    private void Take(ReadOnlySpan<byte> line)
    {
        if (line.IndexOfAnyExcept(" \t\r\n"u8) < 0)
        {
            return;
        }

        if (!_begun && KeySample.IsSeparatorLine(line))
        {
            return;
        }

        if (KeySample.IsComment(line))
        {
            Comments += _begun ? 1 : 0;
            return;
        }

        bool isHeader = layout.SkipsFirst && !_begun;
        _begun = true;
        if (isHeader)
        {
            return;
        }

        if (line.Contains((byte)0))
        {
            throw Place.Error("it has bytes of zero, which no text has", "The file was damaged, maybe where writing it broke off: copy it again, or remove the line");
        }

        ReadOnlySpan<byte> bytes = _fields.Split(line);
        Check();
        if (!IsRequest(bytes))
        {
            return;
        }

        _current = new(Key(bytes), Size(bytes), Time(bytes), Cost: Cost(bytes));
        (_left, _step) = (Times(bytes), layout.Blocks >= 0 ? 1UL : 0);
        _requests += _left;
        if (_requests > FreeRequests && _requests / MostPerLine > Place.Number)
        {
            throw Place.Error($"so far the lines stand for {_requests} requests, which is more than {MostPerLine} each", "Check which column says how many");
        }
    }

    private void Check()
    {
        if (!_fields.AreQuotesClosed)
        {
            throw Place.Error("a quotation mark is not closed where a field ends", "Fields that hold separators stand in quotation marks, as \"a,b\", on one line; write a mark inside of them twice");
        }

        if (_fields.Count > layout.Fields)
        {
            bool isNamed = layout.Names.Count == layout.Fields;
            throw Place.Error(
                $"it has {_fields.Count} columns, and {(isNamed ? "the header has" : "others have")} {layout.Fields}",
                $"Put fields that hold separators into quotation marks{(isNamed ? ", and name all columns" : "")}");
        }
    }

    private bool IsRequest(ReadOnlySpan<byte> bytes)
    {
        if (layout.Op < 0)
        {
            return true;
        }

        ReadOnlySpan<byte> word = _fields.Field(bytes, layout.Op);
        if (KeyOperations.IsRequest(word))
        {
            return true;
        }

        int other = KeyOperations.OtherOf(word);
        if (other < 0)
        {
            throw Wrong("operation", word, $"It must be one that is known, as get or set; to count all lines, leave the column out: --columns {layout.AsOption(KeyRole.Op)}");
        }

        _others[other]++;
        return false;
    }

    private ulong Key(ReadOnlySpan<byte> bytes)
    {
        ulong joined = 0;
        foreach (int column in layout.Key)
        {
            ReadOnlySpan<byte> text = _fields.Field(bytes, column);
            if (text.IsEmpty)
            {
                throw Place.Error("the key is missing", $"A line has {layout.AsOption()}");
            }

            ulong key = KeyText.Of(text);
            if (layout.Blocks >= 0 && KeyText.IsText(key))
            {
                throw Wrong("first block", text, "It must be a whole number");
            }

            joined = layout.Key.Length == 1 ? key : KeyText.Join(joined, key);
        }

        return joined;
    }

    private int Size(ReadOnlySpan<byte> bytes)
    {
        if (layout.Size.Length == 0)
        {
            return 1;
        }

        double size = 0;
        bool isMissing = true;
        foreach (int column in layout.Size)
        {
            ReadOnlySpan<byte> text = _fields.Field(bytes, column);
            isMissing &= text.IsEmpty;
            if (text.IsEmpty && !MayMiss(column))
            {
                throw Missing("size");
            }

            size += text.IsEmpty ? 0 : Number("size", text, unitSizes);
        }

        WithoutSize += isMissing ? 1 : 0;
        size *= layout.SizeBytes;
        return isMissing || unitSizes ? 1
            : size is >= 1 and <= int.MaxValue ? (int)size
            : throw Place.Error(
                $"the size is '{size.ToString(CultureInfo.InvariantCulture)}'",
                $"It must be a whole number from 1 to {int.MaxValue} bytes where sizes count; count every key as 1 (--unit-sizes)");
    }

    private double Time(ReadOnlySpan<byte> bytes)
    {
        if (layout.Time < 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> text = _fields.Field(bytes, layout.Time);
        return text.IsEmpty ? layout.MayEndEarly ? 0 : throw Missing("time")
            : KeyTimes.TryParse(text, layout.TimeUnit, out double seconds) && double.IsFinite(seconds) ? seconds
            : throw Wrong("time", text, layout.TimeUnit == KeyTimeUnit.Date ? "It must be a number, or a date as 2024-05-01T10:00:00Z" : "It must be a number");
    }

    private double Cost(ReadOnlySpan<byte> bytes)
    {
        if (layout.Cost < 0)
        {
            return double.NaN;
        }

        ReadOnlySpan<byte> text = _fields.Field(bytes, layout.Cost);
        if (text.IsEmpty)
        {
            WithoutCost++;
            return MayMiss(layout.Cost) ? 1 : throw Missing("cost");
        }

        return Utf8Parser.TryParse(text, out double cost, out int used) && used == text.Length && cost >= 0 && cost <= s_mostCost
            ? cost
            : throw Wrong("cost", text, $"It must be a number from 0 to {s_mostCost:G}; for misses that all cost as much, leave the column out: --columns {layout.AsOption(KeyRole.Cost)}");
    }

    /// <summary>Requests of the line.</summary>
    private long Times(ReadOnlySpan<byte> bytes)
    {
        int column = Math.Max(layout.Count, layout.Blocks);
        if (column < 0)
        {
            return 1;
        }

        ReadOnlySpan<byte> text = _fields.Field(bytes, column);
        double times = text.IsEmpty ? throw Missing("number of requests") : Number("number of requests", text, takesFractions: false);
        return times is >= 1 and <= int.MaxValue ? (long)times : throw Wrong("number of requests", text, "It must be 1 or more");
    }

    /// <summary>A number of 0 or more. Nothing is allocated for digits alone.</summary>
    private double Number(string what, ReadOnlySpan<byte> text, bool takesFractions)
    {
        if (layout.Separator is (byte)';' or (byte)'\t' && text.Length is >= 5 and <= 7 && text[^4] == '.' && text.IndexOf((byte)'.') == text.Length - 4)
        {
            throw Wrong(what, text, "That is a thousand in some countries and one in others: write numbers without a separator of thousands");
        }

        if (Utf8Parser.TryParse(text, out long whole, out int used) && used == text.Length && whole >= 0)
        {
            return whole;
        }

        return Utf8Parser.TryParse(text, out double number, out used) && used == text.Length && number >= 0 && double.IsFinite(number) && (takesFractions || number % 1 == 0)
            ? number
            : throw Wrong(what, text, number % 1 != 0 && number > 0 ? "It must be a whole number" : "It must be a number of 0 or more");
    }

    /// <summary>True where a line may do without a column: the last of key,size,time, or an empty field.</summary>
    private bool MayMiss(int column) => layout.MayEndEarly || column < _fields.Separated;

    private SquelchException Missing(string what) => Place.Error($"the {what} is missing: it has {_fields.Count} of {layout.Fields} columns", "Write the line again, or remove it");

    private SquelchException Wrong(string field, ReadOnlySpan<byte> text, string remedy)
        => Place.Error($"the {field} is '{Encoding.UTF8.GetString(text[..Math.Min(40, text.Length)])}'", remedy);
}
