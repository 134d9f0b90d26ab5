using System.Buffers.Binary;

namespace Squelch.Lab;

/// <summary>
/// oracleGeneral, libCacheSim's binary format: records of 24 bytes, little endian, packed: uint32 time, uint64 key, uint32 size, int64 index of the
/// key's next request (-1 where there is none).
/// </summary>
internal sealed class OracleGeneralRecords(TraceInput input, int bufferBytes)
{
    private const int RecordBytes = 24;
    private readonly byte[] _buffer = new byte[Math.Max(1, bufferBytes / RecordBytes) * RecordBytes];
    private int _next;
    private int _filled;
    private long _records;

    /// <summary>The next record; false at the end.</summary>
    public bool Next(out KeyRequest request)
    {
        if (_next == _filled && !Fill())
        {
            request = default;
            return false;
        }

        ReadOnlySpan<byte> record = _buffer.AsSpan(_next, RecordBytes);
        _next += RecordBytes;
        _records++;
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        long nextUse = BinaryPrimitives.ReadInt64LittleEndian(record[16..]);
        if (size is 0 or > int.MaxValue)
        {
            throw Error($"the size is {size}", $"It must be from 1 to {int.MaxValue} bytes; a file of another format reads like this too: name CSV files .csv");
        }

        request = new(
            BinaryPrimitives.ReadUInt64LittleEndian(record[4..]), (int)size, BinaryPrimitives.ReadUInt32LittleEndian(record), nextUse < 0 ? double.PositiveInfinity : nextUse);
        return true;
    }

    private bool Fill()
    {
        int read;
        try
        {
            read = input.Plain.ReadAtLeast(_buffer, _buffer.Length, throwOnEndOfStream: false);
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException)
        {
            throw input.Unreadable(failed, $"after record {_records}");
        }

        (_next, _filled) = (0, read / RecordBytes * RecordBytes);
        if (read == _filled)
        {
            return read > 0 || _records > 0 ? read > 0 : throw new TraceLine(input.Name, 0).Error("the trace has no records", "Give a file of 24-byte oracleGeneral records, or a .csv");
        }

        // Records are 24 bytes and buffers hold whole ones: only the end of the file can leave a rest.
        _records += (_filled / RecordBytes) + 1;
        throw Error($"the record is cut short: {read - _filled} of {RecordBytes} bytes", "Copy or download the file again; an oracleGeneral file has a multiple of 24 bytes");
    }

    private SquelchException Error(string what, string remedy)
        => new TraceLine(input.Name, 0).Error($"record {_records}: {what}", remedy);
}
