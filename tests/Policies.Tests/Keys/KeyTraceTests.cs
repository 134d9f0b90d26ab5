using System.IO.Compression;
using System.Text;

namespace Squelch.Policies.Tests.Keys;

public class KeyTraceTests
{
    [Fact]
    public void AByteOrderMarkIsNoPartOfTheFirstKey() => Assert.Equal([7UL, 7UL], Csv("\uFEFF7\n7\n").Select(request => request.Key));

    [Fact]
    public void CsvGivesKeySizeAndTime()
        => Assert.Equal([new(7, 100, 1.5), new(8, 1, 0)], Csv("key,size,time\n7,100,1.5\n\n8\n"));

    /// <summary>Equal texts are equal keys, others are others; a first line of names is none.</summary>
    [Theory]
    [InlineData("user:1,7\nuser:2,8\nuser:1,7\n")]
    [InlineData("key,size\nuser:1,7\nuser:2,8\nuser:1,7\n")]
    [InlineData("Key\nuser:1\nuser:2\nuser:1\n")]
    public void KeysMayBeTexts(string text)
    {
        ulong[] keys = [.. Csv(text).Select(request => request.Key)];

        Assert.Equal(3, keys.Length);
        Assert.Equal(keys[0], keys[2]);
        Assert.NotEqual(keys[0], keys[1]);
    }

    [Fact]
    public void GzipIsUnpacked()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
        {
            gzip.Write("1\n2\n"u8);
        }

        packed.Position = 0;
        Assert.Equal([1UL, 2UL], KeyTraceReader.ReadCsv(packed, "k.csv").Select(request => request.Key));
    }

    [Theory]
    [InlineData("1\n,3\n", "line 2: the key is missing")]
    [InlineData("a,-3\n", "line 1: the size is '-3'")]
    [InlineData("1,0\n", "line 1: the size is '0'")]
    [InlineData("1,2,soon\n", "line 1: the time is 'soon'")]
    [InlineData("1,2,3,4\n", "its lines have 4 columns between commas and no header")]
    public void CsvFaultsNameTheLine(string text, string message)
        => Assert.Contains(message, Assert.Throws<SquelchException>(() => Csv(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(0, "no records")]
    [InlineData(23, "23 of 24 bytes")]
    [InlineData(24, "the size is 0")]
    public void RecordFaultsAreNamed(int zeros, string message)
        => Assert.Contains(message, Assert.Throws<SquelchException>(() => KeyTraceReader.ReadOracleGeneral(new MemoryStream(new byte[zeros]), "k.bin").ToArray()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Lru")]
    [InlineData("Gdsf")]
    [InlineData("Hyperbolic")]
    [InlineData("Sieve")]
    [InlineData("S3Fifo")]
    [InlineData("Arc")]
    [InlineData("WTinyLfu")]
    public void NothingAllocatesAfterWarmUp(string policy)
    {
        RegisteredPolicy registered = PolicyCatalog.From([typeof(Lru).Assembly]).Find(policy);
        var cache = new KeyCache((nodes, seed) => registered.CreateSelector([], nodes, seed), 500);
        ReadOnlySpan<KeyRequest> trace = ZipfTrace.Load("zipf1").AsSpan(0, 100_000);
        Pass(cache, trace);
        Pass(cache, trace);
        long evictions = cache.Evictions;
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass(cache, trace);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(cache.Evictions > evictions, "the measured pass evicts");
    }

    private static void Pass(KeyCache cache, ReadOnlySpan<KeyRequest> trace)
    {
        foreach (ref readonly KeyRequest request in trace)
        {
            cache.Request(request);
        }
    }

    private static KeyRequest[] Csv(string text) => [.. KeyTraceReader.ReadCsv(new MemoryStream(Encoding.UTF8.GetBytes(text)), "k.csv")];
}
