namespace Squelch;

/// <summary>A stream whose first two bytes were looked at, also where it cannot seek; counts what was read.</summary>
internal sealed class PeekedStream(Stream inner) : Stream
{
    private readonly byte[] _head = new byte[2];
    private int _headBytes = -1;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public bool StartsWith(byte first, byte second)
    {
        Peek();
        return _headBytes == 2 && _head[0] == first && _head[1] == second;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Peek();
        int fromHead = _position < _headBytes ? Math.Min(buffer.Length, _headBytes - (int)_position) : 0;
        if (fromHead > 0)
        {
            _head.AsSpan((int)_position, fromHead).CopyTo(buffer);
        }

        int read = fromHead > 0 ? fromHead : inner.Read(buffer);
        _position += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Peek()
    {
        if (_headBytes < 0)
        {
            _headBytes = inner.ReadAtLeast(_head, 2, throwOnEndOfStream: false);
        }
    }
}
