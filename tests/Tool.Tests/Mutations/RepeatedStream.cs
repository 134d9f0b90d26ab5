namespace Squelch.Tool.Tests;

/// <summary>A beginning, then one byte again and again.</summary>
internal sealed class RepeatedStream(byte[] beginning, byte filler, long length) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => length;

    public override long Position { get => _at; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        Span<byte> filled = buffer[..(int)Math.Min(buffer.Length, length - _at)];
        filled.Fill(filler);
        if (_at < beginning.Length)
        {
            ReadOnlySpan<byte> rest = beginning.AsSpan((int)_at);
            rest[..Math.Min(rest.Length, filled.Length)].CopyTo(filled);
        }

        _at += filled.Length;
        return filled.Length;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
