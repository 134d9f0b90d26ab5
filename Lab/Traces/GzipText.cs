using System.Buffers.Binary;
using System.IO.Compression;

namespace Squelch.Lab;

/// <summary>
/// Unpacks gzip and notices where the file was cut short, which <see cref="GZipStream"/> takes for its end: a trace that silently lost its
/// tail would give wrong results. Other bytes behind the last member are left out, as gzip itself does.
/// </summary>
internal sealed class GzipText : ForwardStream
{
    private readonly Tail _packed;
    private readonly GZipStream _unpacked;
    private long _bytes;

    public GzipText(Stream packed)
    {
        _packed = new(packed);
        _unpacked = new(_packed, CompressionMode.Decompress);
    }

    public override int Read(Span<byte> buffer)
    {
        int read = Unpack(buffer);
        _bytes += read;

        // Only a member that is complete lets bytes behind it unread. Without such, the file ends with the length of its last member; where there are
        // several, that says less than the whole.
        bool complete = !_packed.Ended
            || (_packed.HasTrailer && (_packed.LastMemberBytes == (uint)_bytes || (_packed.MaybeSeveralMembers && _packed.LastMemberBytes <= _bytes)));
        return read > 0 || complete || buffer.IsEmpty ? read : throw new InvalidDataException("its end is missing");
    }

    /// <summary>What the library says of damage is about archives of another kind.</summary>
    private int Unpack(Span<byte> buffer)
    {
        try
        {
            return _unpacked.Read(buffer);
        }
        catch (InvalidDataException damaged)
        {
            throw new InvalidDataException("its bytes or its checksum are wrong", damaged);
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

    /// <summary>Hands on packed bytes and remembers the last ones.</summary>
    private sealed class Tail(Stream inner) : ForwardStream
    {
        private const int SmallestFile = 18;
        private readonly byte[] _last = new byte[4];
        private long _bytes;

        /// <summary>True where the end was asked for.</summary>
        public bool Ended { get; private set; }

        public bool HasTrailer => _bytes >= SmallestFile;

        public uint LastMemberBytes => BinaryPrimitives.ReadUInt32LittleEndian(_last);

        /// <summary>True where another member's header, or what looks like one, came after the first.</summary>
        public bool MaybeSeveralMembers { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = inner.Read(buffer);
            Ended |= read == 0 && !buffer.IsEmpty;
            ReadOnlySpan<byte> bytes = buffer[..read];
            Span<byte> seam = stackalloc byte[8];
            _last.CopyTo(seam);
            bytes[..Math.Min(4, read)].CopyTo(seam[4..]);
            ReadOnlySpan<byte> header = [0x1F, 0x8B, 0x08];
            MaybeSeveralMembers |= _bytes > 0 && (seam[(_bytes < 4 ? 4 : 0)..(4 + Math.Min(4, read))].IndexOf(header) >= 0 || bytes.IndexOf(header) >= 0);
            if (read >= 4)
            {
                bytes[^4..].CopyTo(_last);
            }
            else
            {
                seam.Slice(read, 4).CopyTo(_last);
            }

            _bytes += read;
            return read;
        }
    }
}
