namespace Squelch.Lab;

/// <summary>A stream whose beginning can be looked at before it is read, also where it cannot seek; counts what was read.</summary>
internal sealed class PeekedStream(Stream inner) : ForwardStream
{
    private byte[] _head = [];
    private int _next;
    private int _filled;

    /// <summary>Bytes handed on.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The next bytes, which stay to be read; fewer where the stream ends before.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        int known = _filled - _next;
        if (known < count)
        {
            byte[] head = new byte[count];
            _head.AsSpan(_next, known).CopyTo(head);
            (_head, _next, _filled) = (head, 0, known);
            _filled += inner.ReadAtLeast(head.AsSpan(known), count - known, throwOnEndOfStream: false);
        }

        return _head.AsSpan(_next, Math.Min(count, _filled - _next));
    }

    public override int Read(Span<byte> buffer)
    {
        int read = Math.Min(buffer.Length, _filled - _next);
        if (read > 0)
        {
            _head.AsSpan(_next, read).CopyTo(buffer);
            _next += read;
        }
        else
        {
            read = inner.Read(buffer);
        }

        BytesRead += read;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
