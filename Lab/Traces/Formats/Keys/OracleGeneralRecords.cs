using System.Buffers.Binary;

namespace Squelch.Lab;

/// <summary>
/// oracleGeneral, libCacheSim's binary format: records of 24 bytes, little endian, packed: uint32 time, uint64 key, uint32 size, int64 index of the
/// key's next request (-1 where there is none).
/// </summary>
/// <param name="input">The records.</param>
/// <param name="bufferBytes">As much is read at a time.</param>
/// <param name="unitSizes">True to count every key as 1, whatever its size.</param>
/// <param name="refilled">Is told after each read.</param>
internal sealed class OracleGeneralRecords(TraceInput input, int bufferBytes, bool unitSizes, Action? refilled)
{
    private const int RecordBytes = 24;

    /// <summary>No trace has so many requests. libCacheSim writes the largest number where a key does not come again, too.</summary>
    private const long MostRequests = 1L << 48;

    private readonly byte[] _buffer = new byte[Math.Max(1, bufferBytes / RecordBytes) * RecordBytes];
    private int _next;
    private int _filled;
    private long _records;

    /// <summary>
    /// True where a file holds such records: its name says so, or they are plausible one by one. Times never fall, sizes are not above
    /// <see cref="int.MaxValue"/>, and a key's next request is a later one.
    /// </summary>
    public static bool Are(TraceSample sample)
    {
        if (Path.GetFileName(sample.Name).Contains("oracleGeneral", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        ReadOnlySpan<byte> head = sample.Head.Span;
        if (head.Length < RecordBytes || (sample.IsWhole && head.Length % RecordBytes != 0))
        {
            return false;
        }

        uint time = 0;
        for (int index = 0; (index + 1) * RecordBytes <= head.Length; index++)
        {
            ReadOnlySpan<byte> record = head.Slice(index * RecordBytes, RecordBytes);
            uint now = BinaryPrimitives.ReadUInt32LittleEndian(record);
            long nextUse = BinaryPrimitives.ReadInt64LittleEndian(record[16..]);
            bool isNext = nextUse is -1 or long.MaxValue || (nextUse > index && nextUse < MostRequests);
            if (now < time || BinaryPrimitives.ReadUInt32LittleEndian(record[12..]) > int.MaxValue || !isNext)
            {
                return false;
            }

            time = now;
        }

        return true;
    }

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
        if (!unitSizes && size is 0 or > int.MaxValue)
        {
            throw Error($"the size is {size}", $"It must be from 1 to {int.MaxValue} bytes where sizes count; count every key as 1 (--unit-sizes)");
        }

        request = new(
            BinaryPrimitives.ReadUInt64LittleEndian(record[4..]), unitSizes ? 1 : (int)size, BinaryPrimitives.ReadUInt32LittleEndian(record), nextUse is < 0 or long.MaxValue ? double.PositiveInfinity : nextUse);
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

        refilled?.Invoke();
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
