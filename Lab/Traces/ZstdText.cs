using ZstdSharp;

namespace Squelch.Lab;

/// <summary>Unpacks zstd; damage is an <see cref="InvalidDataException"/>, as with gzip.</summary>
internal sealed class ZstdText(Stream packed) : ForwardStream
{
    private readonly DecompressionStream _unpacked = new(packed, checkEndOfStream: true);

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException($"zstd: {exception.Message}", exception);
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("its end is missing", exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}
