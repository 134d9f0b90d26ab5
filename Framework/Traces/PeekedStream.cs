namespace Squelch;

/// <summary>A stream whose first two bytes can be looked at, also where it cannot seek; counts what was read.</summary>
internal sealed class PeekedStream(Stream inner) : ForwardStream
{
    private readonly byte[] _head = new byte[2];
    private int _headBytes = -1;

    /// <summary>Bytes handed on.</summary>
    public long BytesRead { get; private set; }

    public bool StartsWith(byte first, byte second)
    {
        Peek();
        return _headBytes == 2 && _head[0] == first && _head[1] == second;
    }

    public override int Read(Span<byte> buffer)
    {
        Peek();
        int read = BytesRead < _headBytes ? Math.Min(buffer.Length, _headBytes - (int)BytesRead) : 0;
        if (read > 0)
        {
            _head.AsSpan((int)BytesRead, read).CopyTo(buffer);
        }
        else
        {
            read = inner.Read(buffer);
        }

        BytesRead += read;
        return read;
    }

    private void Peek()
    {
        if (_headBytes < 0)
        {
            _headBytes = inner.ReadAtLeast(_head, 2, throwOnEndOfStream: false);
        }
    }
}
