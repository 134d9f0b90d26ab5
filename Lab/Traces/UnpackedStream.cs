namespace Squelch.Lab;

/// <summary>Unpacked bytes, as long as they are not out of all proportion to the packed ones.</summary>
/// <param name="unpacked">Plain bytes.</param>
/// <param name="packed">Counts what they come from.</param>
/// <param name="packing">How they were packed; empty where they were not.</param>
internal sealed class UnpackedStream(Stream unpacked, PeekedStream packed, string packing) : ForwardStream
{
    /// <summary>Up to here anything is taken.</summary>
    private const long SmallBytes = 1 << 27;

    /// <summary>
    /// gzip packs real traces to a 50th at most, and zstd with long windows to a 250th, since sessions repeat themselves. What packs much further fills the
    /// memory out of a small file.
    /// </summary>
    private readonly long _mostTimes = packing == Packing.Gzip ? 100 : 1000;

    private long _bytes;

    public override int Read(Span<byte> buffer)
    {
        int read = unpacked.Read(buffer);
        _bytes += read;
        return packing.Length == 0 || _bytes <= SmallBytes || _bytes / _mostTimes <= packed.BytesRead ? read : throw new UnpackedTooLargeException(_bytes, packed.BytesRead);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            unpacked.Dispose();
        }

        base.Dispose(disposing);
    }
}

/// <summary>A small file that unpacks without end.</summary>
internal sealed class UnpackedTooLargeException(long plain, long packed)
    : IOException(FormattableString.Invariant($"{plain >> 20} MiB came out of {(packed >> 10) + 1} KiB"));
