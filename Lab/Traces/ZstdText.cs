using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Squelch.Lab;

/// <summary>Unpacks zstd; damage is an <see cref="InvalidDataException"/>, as with gzip.</summary>
internal sealed class ZstdText : ForwardStream
{
    /// <summary>The largest window of the format, 2 GiB (<c>zstd --long=31</c>); only what a file fills of it becomes memory.</summary>
    private const int LargestWindowLog = 31;

    private readonly DecompressionStream _unpacked;

    public ZstdText(Stream packed)
    {
        _unpacked = new(packed, checkEndOfStream: true);
        _unpacked.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, LargestWindowLog);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (ZstdException exception)
        {
            throw new InvalidDataException("its bytes or its checksum are wrong", exception);
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
