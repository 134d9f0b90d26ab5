namespace Squelch.Lab;

/// <summary>Cuts a stream into lines of any length. The byte after each line can be read and is its end: parsers need no bounds checks.</summary>
/// <param name="input">The bytes.</param>
/// <param name="bufferBytes">As much is read at a time.</param>
/// <param name="refilled">Is told after each read.</param>
/// <param name="lineEnd">A line feed, or what else ends lines.</param>
internal sealed class LineReader(TraceInput input, int bufferBytes, Action? refilled, byte lineEnd = (byte)'\n') : IDisposable
{
    /// <summary>A request of 15 million tokens takes as much; what its reader needs besides stays below 1 GiB.</summary>
    private const int LongestLine = 1 << 27;

    private readonly PooledBuffer<byte> _buffer = new();
    private int _next;
    private int _filled;
    private bool _ended;

    /// <summary>The line that was read last.</summary>
    public TraceLine Line { get; private set; } = new(input.Name, 0);

    /// <summary>The next line and one more byte, the line feed; false at the end.</summary>
    public bool TryRead(out ReadOnlySpan<byte> lineAndFeed)
    {
        int searched = _next;
        while (true)
        {
            int feed = _buffer.Items.AsSpan(searched, _filled - searched).IndexOf(lineEnd);
            if (feed >= 0)
            {
                return Take(searched + feed, out lineAndFeed);
            }

            searched = _filled;
            if (_ended)
            {
                if (_next == _filled)
                {
                    lineAndFeed = default;
                    return false;
                }

                _buffer.Items[_filled] = lineEnd;
                return Take(_filled++, out lineAndFeed);
            }

            searched -= _next;
            Fill();
            searched += _next;
        }
    }

    public void Dispose() => _buffer.Dispose();

    private bool Take(int feed, out ReadOnlySpan<byte> lineAndFeed)
    {
        lineAndFeed = _buffer.Items.AsSpan(_next, feed + 1 - _next);
        _next = feed + 1;
        Line = Line with { Number = Line.Number + 1 };
        return true;
    }

    private void Fill()
    {
        int kept = _filled - _next;
        if (_next > 0)
        {
            _buffer.Items.AsSpan(_next, kept).CopyTo(_buffer.Items);
            (_next, _filled) = (0, kept);
        }

        // One byte stays free for the line feed that a last line may lack.
        if (_filled + 1 >= _buffer.Items.Length)
        {
            if (_filled >= LongestLine)
            {
                throw (Line with { Number = Line.Number + 1 }).Error("the line is longer than 128 MiB", "One request stands on one line: put line feeds between the requests");
            }

            _buffer.Reserve(Math.Max(bufferBytes + 2, _buffer.Items.Length * 2), kept);
        }

        int read;
        try
        {
            int room = Math.Min(_buffer.Items.Length - 1 - _filled, Math.Max(bufferBytes, kept));
            read = input.Plain.Read(_buffer.Items, _filled, room);
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException)
        {
            throw input.Unreadable(failed, $"after line {Line.Number}");
        }

        _filled += read;
        _ended = read == 0;
        refilled?.Invoke();
    }
}
