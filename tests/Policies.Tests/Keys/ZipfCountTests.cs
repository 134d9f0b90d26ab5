
namespace Squelch.Policies.Tests.Keys;

/// <summary>Miss counts of libCacheSim on a million requests, to the last one (tests/Golden/zipf/README.md).</summary>
public class ZipfCountTests
{
    /// <summary>A tenth of the bytes of all ids.</summary>
    private const int Bytes = 36_378_034;

    [Theory]
    [InlineData("zipf1", 10_000, 300153)]
    [InlineData("zipf1", 1_000, 535107)]
    [InlineData("zipf1", Bytes, 299162)]
    [InlineData("zipf2drift", 10_000, 393025)]
    [InlineData("zipf2drift", 1_000, 583531)]
    [InlineData("zipf2drift", Bytes, 392339)]
    public void FifoMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Fifo>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 264799)]
    [InlineData("zipf1", 1_000, 493756)]
    [InlineData("zipf1", Bytes, 263792)]
    [InlineData("zipf2drift", 10_000, 366005)]
    [InlineData("zipf2drift", 1_000, 547987)]
    [InlineData("zipf2drift", Bytes, 365497)]
    public void LruMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Lru>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 224229)]
    [InlineData("zipf1", 1_000, 406797)]
    [InlineData("zipf1", Bytes, 222747)]
    [InlineData("zipf2drift", 10_000, 314706)]
    [InlineData("zipf2drift", 1_000, 756961)]
    [InlineData("zipf2drift", Bytes, 313146)]
    public void LfuMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Lfu>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 237110)]
    [InlineData("zipf1", 1_000, 437620)]
    [InlineData("zipf1", Bytes, 156921)]
    [InlineData("zipf2drift", 10_000, 339982)]
    [InlineData("zipf2drift", 1_000, 542324)]
    [InlineData("zipf2drift", Bytes, 264086)]
    public void GdsfMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Gdsf>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 246191)]
    [InlineData("zipf1", Bytes, 162224)]
    public void ExactHyperbolicMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Hyperbolic>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 157096)]
    [InlineData("zipf1", 1_000, 335691)]
    [InlineData("zipf1", Bytes, 156046)]
    [InlineData("zipf2drift", 10_000, 242952)]
    [InlineData("zipf2drift", 1_000, 403075)]
    [InlineData("zipf2drift", Bytes, 241980)]
    public void BeladyMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Belady>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 224229)]
    [InlineData("zipf1", 1_000, 401953)]
    [InlineData("zipf1", Bytes, 222747)]
    [InlineData("zipf2drift", 10_000, 314706)]
    [InlineData("zipf2drift", 1_000, 501190)]
    [InlineData("zipf2drift", Bytes, 313146)]
    public void SieveMissesAsOften(string trace, int capacity, long misses) => AssertMisses<Sieve>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 222190)]
    [InlineData("zipf1", 1_000, 401624)]
    [InlineData("zipf1", Bytes, 220782)]
    [InlineData("zipf2drift", 10_000, 306896)]
    [InlineData("zipf2drift", 1_000, 468907)]
    [InlineData("zipf2drift", Bytes, 305907)]
    public void S3FifoMissesNearlyAsOften(string trace, int capacity, long misses) => AssertNear<S3Fifo>(trace, capacity, misses);

    [Theory]
    [InlineData("zipf1", 10_000, 224947)]
    [InlineData("zipf1", 1_000, 405744)]
    [InlineData("zipf1", Bytes, 222924)]
    [InlineData("zipf2drift", 10_000, 303645)]
    [InlineData("zipf2drift", 1_000, 468361)]
    [InlineData("zipf2drift", Bytes, 302009)]
    public void ArcMissesNearlyAsOften(string trace, int capacity, long misses) => AssertNear<Arc>(trace, capacity, misses);

    /// <summary>The estimates, and so the counts, depend on the hash; libCacheSim's is another.</summary>
    [Theory]
    [InlineData("zipf1", 10_000, 220200)]
    [InlineData("zipf1", 1_000, 397357)]
    [InlineData("zipf1", Bytes, 204526)]
    [InlineData("zipf2drift", 10_000, 315765)]
    [InlineData("zipf2drift", 1_000, 534665)]
    [InlineData("zipf2drift", Bytes, 287146)]
    public void WTinyLfuMissesNearlyAsOften(string trace, int capacity, long misses) => AssertNear<WTinyLfu>(trace, capacity, misses);

    /// <summary>A key trace as a trace of requests, through the prefix cache, misses as often.</summary>
    [Fact]
    public void ThePrefixCacheMissesAsOften()
    {
        KeyRequest[] requests = ZipfTrace.Load("zipf1");
        string path = Path.Combine(Path.GetTempPath(), $"squelch-{Guid.NewGuid():N}.csv");
        File.WriteAllLines(path, requests.Select(request => $"{request.Key},{request.Size},{request.Time}"));
        try
        {
            Trace unit = TraceReader.Load(TraceInput.Open(path), new TraceReading { UnitSizes = true });
            Assert.Equal([264799, 224229, 224229, 157096, 237110], new[] { Replayed<Lru>(unit, 10_000), Replayed<Lfu>(unit, 10_000), Replayed<Sieve>(unit, 10_000), Replayed<Belady>(unit, 10_000), Replayed<Gdsf>(unit, 10_000) });
            Assert.InRange(Replayed<S3Fifo>(unit, 10_000), 222190 * 0.997, 222190 * 1.003);
            Trace bytes = TraceReader.Load(path);
            Assert.Equal([263792, 156921], new[] { Replayed<Lru>(bytes, Bytes), Replayed<Gdsf>(bytes, Bytes) });
        }
        finally
        {
            File.Delete(path);
        }

        static int Replayed<TPolicy>(Trace trace, long capacity)
            where TPolicy : struct, IEvictionPolicy<TPolicy>
            => trace.Requests.Count - Replay.Run<TPolicy>(trace, new() { CapacityBytes = capacity }).HitRequests;
    }

    /// <summary>LHD weighs hits against sizes; what libCacheSim's samples, with other classes, is no number to be equal to.</summary>
    [Fact]
    public void LhdLearnsWhichSizesAreWorthTheirRoom()
    {
        Assert.InRange(Misses<Lhd>("zipf1", Bytes), 1, 263792 * 0.93);
        Assert.InRange(Misses<Lhd>("zipf2drift", Bytes), 1, 365497 * 0.93);
        Assert.InRange(Misses<Lhd>("zipf1", 1_000), 1, 493756);
    }

    private static void AssertMisses<TPolicy>(string trace, int capacity, long misses)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => Assert.Equal(misses, Misses<TPolicy>(trace, capacity));

    /// <summary>Within 0.3 %: these policies leave choices open.</summary>
    private static void AssertNear<TPolicy>(string trace, int capacity, long misses)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
    {
        long own = Misses<TPolicy>(trace, capacity);
        Assert.True(Math.Abs(own - misses) <= 0.003 * misses, $"{own} misses, {misses} are expected: {(double)own / misses - 1:P2}");
    }

    private static long Misses<TPolicy>(string trace, int capacity)
        where TPolicy : struct, IEvictionPolicy<TPolicy>
        => KeyReplay.Run(ZipfTrace.Load(trace), default(TPolicy).CreateSelector, new() { Capacity = capacity, Sized = capacity == Bytes }).Misses;
}
