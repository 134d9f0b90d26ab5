using System.Buffers.Binary;

namespace Squelch.Lab.Tests;

/// <summary>libCacheSim's binary records.</summary>
public sealed class OracleGeneralTests
{
    private static readonly byte[] s_three = [.. Record(1, 7, 5, 3), .. Record(2, 8, 6, -1), .. Record(3, 7, 5, long.MaxValue)];

    [Theory]
    [InlineData("t.oracleGeneral.bin")]
    [InlineData("w92.bin")]
    [InlineData("records")]
    public void RecordsAreKnownByWhatTheyHold(string name)
    {
        Trace trace = KeyTraceText.Load(s_three, name);

        Assert.Equal("keys (oracleGeneral)", trace.Format);
        Assert.Equal("0:5 1:6 0:5", KeyTraceText.Sequence(trace));
        Assert.Equal([0, 1, 2], KeyTraceText.Times(trace));
    }

    [Fact]
    public void AKeyThatDoesNotComeAgainHasNoNextUse()
        => Assert.Equal([3, double.PositiveInfinity, double.PositiveInfinity], KeyTraceReader.ReadOracleGeneral(new MemoryStream(s_three), "t.bin").Select(request => request.NextUse));

    [Fact]
    public void SizesOf0AreForKeysThatCountAs1()
    {
        byte[] records = [.. Record(1, 7, 0, -1), .. Record(2, 8, 5, -1), .. Record(3, 7, uint.MaxValue, -1)];

        Assert.Equal("0:1 1:1 0:1", KeyTraceText.Sequence(KeyTraceText.Load(records, "t.oracleGeneral", unitSizes: true)));
        string message = Assert.Throws<SquelchException>(() => KeyTraceText.Load(records, "t.oracleGeneral")).Message;
        Assert.Contains("record 1: the size is 0", message, StringComparison.Ordinal);
        Assert.Contains("--unit-sizes", message, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherBytesAreNoRecords()
    {
        byte[][] others =
        [
            [.. Record(2, 7, 5, -1), .. Record(1, 7, 5, -1)],
            [.. Record(1, 7, 5, 0)],
            [.. Record(1, 7, 5, 1L << 60)],
            [.. Record(1, 7, 5, -2)],
            [.. s_three, 0],
            new byte[240],
            [0x7F, .. "ELF"u8, .. new byte[92]],
        ];

        Assert.All(others, bytes => Assert.Contains("unknown trace format", Assert.Throws<SquelchException>(() => KeyTraceText.Load(bytes, "t.bin")).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void RecordsHaveNoColumns()
        => Assert.Contains("Leave --columns out", Assert.Throws<SquelchException>(() => KeyTraceText.Load(s_three, "t.oracleGeneral", "key=0")).Message, StringComparison.Ordinal);

    private static byte[] Record(uint time, ulong key, uint size, long next)
    {
        var record = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(record, time);
        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(4), key);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12), size);
        BinaryPrimitives.WriteInt64LittleEndian(record.AsSpan(16), next);
        return record;
    }
}
