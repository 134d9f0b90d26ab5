using System.Text.Json;

namespace Squelch.Lab;

/// <summary>A JSON value of a file.</summary>
/// <param name="Value">The value; valid until the next is read.</param>
/// <param name="Bytes">Its text; valid until the next is read.</param>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Line">The line that it begins on, from 1.</param>
/// <param name="List">The list of the file that it is an item of, from 1; 0 where it stands for itself.</param>
public readonly record struct JsonRecord(JsonElement Value, ReadOnlyMemory<byte> Bytes, int Number, long Line, int List);

/// <summary>
/// Reads JSON values one after the other: one per line, indented over many, or the items of one list. A comma too many behind the last item is taken.
/// </summary>
public static class JsonValues
{
    /// <summary>A value is parsed whole, which takes some six times its length in memory.</summary>
    private const int LongestValue = 1 << 26;

    private const int BufferBytes = 1 << 18;

    private static readonly JsonReaderOptions s_json = new() { AllowTrailingCommas = true, MaxDepth = 1000 };

    /// <summary>The values in order.</summary>
    /// <param name="input">The file; the caller closes it.</param>
    /// <param name="reading">Hears of progress, and stops it.</param>
    /// <exception cref="SquelchException">It is no JSON from some point on, or a value is longer than 64 MiB.</exception>
    public static IEnumerable<JsonRecord> Read(TraceInput input, TraceReading reading)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(reading);
        bool isList = input.Sample().IsOneList;
        using var text = new Window(input, reading);
        text.SkipMark();
        for (int number = 1; text.SkipTo(isList); number++)
        {
            using JsonDocument value = text.Parse(number, out ReadOnlyMemory<byte> bytes, out long line);
            yield return new(value.RootElement, bytes, number, line, text.List);
        }
    }

    /// <summary>The part of the file that holds the next value.</summary>
    private sealed class Window(TraceInput input, TraceReading reading) : IDisposable
    {
        private readonly PooledBuffer<byte> _buffer = new();
        private int _next;
        private int _filled;
        private long _line = 1;
        private bool _ended;
        private bool _inList;

        /// <summary>How many lists were opened.</summary>
        public int List { get; private set; }

        /// <summary>Goes past a byte order mark.</summary>
        public void SkipMark()
        {
            ReadOnlySpan<byte> mark = "\uFEFF"u8;
            _next = Fill() && _buffer.Items.AsSpan(0, _filled).StartsWith(mark) ? mark.Length : 0;
        }

        /// <summary>Goes to the next value; false where there is none.</summary>
        public bool SkipTo(bool isList)
        {
            while (true)
            {
                if (_next == _filled && !Fill())
                {
                    return false;
                }

                byte letter = _buffer.Items[_next];
                bool opens = isList && !_inList && letter == '[';
                bool closes = _inList && letter == ']';
                if (!opens && !closes && letter is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') && !(_inList && letter == ','))
                {
                    return true;
                }

                _inList = opens || (_inList && !closes);
                List += opens ? 1 : 0;
                _line += letter == '\n' ? 1 : 0;
                _next++;
            }
        }

        public JsonDocument Parse(int number, out ReadOnlyMemory<byte> bytes, out long line)
        {
            while (true)
            {
                ReadOnlySpan<byte> text = _buffer.Items.AsSpan(_next, _filled - _next);
                var json = new Utf8JsonReader(text, _ended, new JsonReaderState(s_json));
                try
                {
                    if (JsonDocument.TryParseValue(ref json, out JsonDocument? value))
                    {
                        int length = (int)json.BytesConsumed;
                        bytes = _buffer.Items.AsMemory(_next, length);
                        line = _line;
                        _line += bytes.Span.Count((byte)'\n');
                        _next += length;
                        return value;
                    }
                }
                catch (JsonException exception)
                {
                    throw Fault(text, exception, number);
                }

                if (_filled - _next >= LongestValue)
                {
                    throw new TraceLine(input.Name, _line).Error($"value {number} is longer than 64 MiB", "Split it: one request, batch or conversation is a value");
                }

                _ended |= !Fill();
            }
        }

        public void Dispose() => _buffer.Dispose();

        private SquelchException Fault(ReadOnlySpan<byte> text, JsonException exception, int number)
        {
            int at = 0;
            for (long line = exception.LineNumber ?? 0; line > 0 && at < text.Length; line--)
            {
                at += text[at..].IndexOf((byte)'\n') + 1;
            }

            at = (int)Math.Min(text.Length, at + (exception.BytePositionInLine ?? 0));
            string fault = exception.Message.Contains("maximum configured depth", StringComparison.Ordinal) ? $"it is nested more than {s_json.MaxDepth} deep" : JsonFault.Describe(text, at);
            return new($"{input.Name}, value {number}, line {_line}: {fault}. Write the file again, or remove what is broken.", exception);
        }

        /// <summary>Reads at least as much as there is of a value, so that a long one is not parsed again for every piece.</summary>
        private bool Fill()
        {
            reading.Cancellation.ThrowIfCancellationRequested();
            int kept = _filled - _next;
            _buffer.Items.AsSpan(_next, kept).CopyTo(_buffer.Items);
            (_next, _filled) = (0, kept);
            _buffer.Reserve(Math.Max(BufferBytes, kept * 2), kept);
            int read;
            try
            {
                read = input.Plain.ReadAtLeast(_buffer.Items.AsSpan(kept), Math.Max(1, kept), throwOnEndOfStream: false);
            }
            catch (Exception failed) when (failed is InvalidDataException or IOException)
            {
                throw input.Unreadable(failed, $"after line {_line}");
            }

            _filled += read;
            reading.BytesRead?.Invoke(input.BytesRead);
            return read > 0;
        }
    }
}
