using Squelch.Policies;

namespace Squelch.Native.Tests;

/// <summary>A cache behind a handle does what the cache does.</summary>
public unsafe class CacheTests
{
    private const int Requests = 400;

    public static TheoryData<string> Policies => ["Lru", "Marconi", "Gdsf", "S3Fifo", "WTinyLfu", "RandomLeaf"];

    [Theory]
    [MemberData(nameof(Policies))]
    public void ItChoosesAsThePrefixCacheDoes(string policy) => Assert.Equal(Managed(policy), Played<int>(policy, 4));

    [Fact]
    public void NumbersOfEightBytesAreTheSameNumbers() => Assert.Equal(Played<int>("Marconi", 4), Played<long>("Marconi", 8));

    [Fact]
    public void ANumberThatDoesNotFitIsRefused()
    {
        ulong cache = Open("Lru");
        Assert.Equal(Codes.Argument, Abi.Lookup<long>(cache, [1, 1L << 31], out _));
        Assert.Contains("is not within -2147483648 to 2147483647", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0, Abi.Lookup<long>(cache, [int.MinValue, int.MaxValue], out _));
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    [Theory]
    [InlineData(-2L)]
    [InlineData(1L << 53)]
    [InlineData(long.MinValue)]
    public void ATimeThatCannotBeIsRefused(long now)
    {
        ulong cache = Open("Lru");
        Assert.Equal(Codes.Argument, Abi.Lookup<int>(cache, [1], out _, now));
        Assert.Contains("SQ_TICK", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0L, Abi.Stats(cache).Lookups);
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    /// <summary>The host's clock, and one of its own where the host has none; neither goes back.</summary>
    [Fact]
    public void TheClockIsTheHosts()
    {
        ulong cache = Open("Lru");
        Assert.Equal(0, Abi.Lookup<int>(cache, [1], out LeaseStruct first));
        Assert.Equal(1L, Abi.Stats(cache).Now);
        Assert.Equal(0, Abi.Lookup<int>(cache, [1], out _, now: 500));
        Assert.Equal(500L, Abi.Stats(cache).Now);
        Assert.Equal(0, Abi.Lookup<int>(cache, [1], out _, now: 20));
        Assert.Equal(500L, Abi.Stats(cache).Now);
        Assert.Equal(0, Abi.Commit<int>(cache, first, [1, 2], [], out _));
        Assert.Equal(501L, Abi.Stats(cache).Now);
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    [Fact]
    public void ALeaseEndsOnce()
    {
        ulong cache = Open("Lru");
        Assert.Equal(0, Abi.Lookup<int>(cache, [1, 2], out LeaseStruct lease));
        Assert.Equal(Codes.Argument, Abi.Commit<int>(cache, lease, [1, 3], [], out ResultStruct result));
        Assert.Contains("does not begin with the 2 pages", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal((0, 0), (result.Admitted, result.Count));
        Assert.Equal(Codes.Argument, Abi.Commit<int>(cache, lease, [1, 2, 3], [new(1), new(2), new(3)], out _));
        Assert.Contains("handles were given", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(0, Abi.Commit<int>(cache, lease, [1, 2, 3], [], out result));
        Assert.Equal(1, result.Admitted);
        Assert.Equal(Codes.State, Abi.Commit<int>(cache, lease, [1, 2, 3], [], out _));
        Assert.Equal(Codes.State, Abi.Abandon(cache, lease, out _));
        Assert.Contains("This lease has ended", Abi.LastError, StringComparison.Ordinal);
        lease.Reserved = int.MaxValue;
        Assert.Equal(Codes.State, Abi.Plan<int>(cache, lease, [1], out _));
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    [Fact]
    public void AMadeUpLeaseIsRefused()
    {
        ulong cache = Open("Lru");
        Assert.Equal(0, Abi.Lookup<int>(cache, [1, 2], out LeaseStruct lease));
        for (int field = 4; field < 7; field++)
        {
            foreach (int wrong in (int[])[int.MinValue, -1, 0, 9, int.MaxValue])
            {
                LeaseStruct other = lease;
                ((int*)&other)[field] = wrong == ((int*)&lease)[field] ? wrong + 1 : wrong;
                Assert.Equal(Codes.State, Abi.Abandon(cache, other, out _));
            }
        }

        Assert.Equal(0, Abi.Abandon(cache, lease, out _));
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    [Theory]
    [InlineData(0, 3, 0, "Numbers of 0 bytes")]
    [InlineData(4, -1, 0, "A sequence of -1 pages")]
    [InlineData(4, long.MaxValue, 0, "cannot be read")]
    [InlineData(4, 3, 4, "4 tokens do not fit 3 pages of 1")]
    [InlineData(4, 3, -1, "-1 tokens do not fit")]
    public void ASequenceThatCannotBeReadIsRefused(int width, long count, int tokens, string message)
    {
        delegate* unmanaged<ulong, void*, int, long, int, long, HintsStruct*, long, LeaseStruct*, int> lookup = &CacheExports.Lookup;
        ulong cache = Open("Lru");
        LeaseStruct lease;
        int* ids = stackalloc int[3];
        Assert.Equal(Codes.Argument, lookup(cache, ids, width, count, tokens, 0, null, -1, &lease));
        Assert.Contains(message, Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.Argument, lookup(cache, null, 4, 3, 0, 0, null, -1, &lease));
        Assert.Equal(Codes.Argument, lookup(cache, ids, 4, 3, 0, 0, null, -1, null));
        Assert.Equal(0, lookup(cache, null, 4, 0, 0, 0, null, -1, &lease));
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    /// <summary>Zeros are no hints; a bit alone makes a number count, and what its feature cannot be is refused.</summary>
    [Fact]
    public void HintsCountByTheirBits()
    {
        ulong cache = Open("Lru");
        HintsStruct hints = new() { Size = (uint)sizeof(HintsStruct), Turn = -3, Priority = double.NaN };
        Assert.Equal(0, Abi.Lookup<int>(cache, [1], out _, hints: &hints));
        hints.Given = HintBits.Turn;
        Assert.Equal(Codes.Argument, Abi.Lookup<int>(cache, [1], out _, hints: &hints));
        Assert.Equal("The hint 'turn' lies between 1 and 9007199254740991.", Abi.LastError.Split('\n')[0]);
        hints.Given = (HintBits)512;
        Assert.Equal(Codes.Argument, Abi.Lookup<int>(cache, [1], out _, hints: &hints));
        hints = new() { Size = 8 };
        Assert.Equal(Codes.Argument, Abi.Lookup<int>(cache, [1], out _, hints: &hints));
        hints = new() { Size = (uint)sizeof(HintsStruct), Given = HintBits.Cost, Cost = double.NaN };
        Assert.Equal(Codes.Argument, Abi.Lookup<int>(cache, [1], out _, hints: &hints));
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    [Theory]
    [MemberData(nameof(Policies))]
    public void ACallAllocatesNothing(string policy)
    {
        ulong cache = Open(policy);
        List<string> told = [];
        Play<int>(cache, told, 4, 0, Requests);
        int[][] sequences = [.. Enumerable.Range(Requests, Requests).Select(Sequence)];
        StateHandle[] handles = new StateHandle[16];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (int[] sequence in sequences)
        {
            Abi.Lookup<int>(cache, sequence.AsSpan(0, sequence.Length / 2), out LeaseStruct lease);
            int planned = Abi.Plan<int>(cache, lease, sequence, out _);
            Abi.Commit<int>(cache, lease, sequence, handles.AsSpan(0, planned), out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(0, Abi.CloseCache(cache));
    }

    private static ulong Open(string policy) => Abi.Cache($$"""{ "policy": "{{policy}}", "capacity": 40000, "model": "tinykv", "seed": 7 }""");

    private static List<string> Played<T>(string policy, int width)
        where T : unmanaged
    {
        ulong cache = Open(policy);
        List<string> told = [];
        Play<T>(cache, told, width, 0, Requests);
        StatsStruct stats = Abi.Stats(cache);
        told.Add($"{stats.Lookups} {stats.LeafEvictions} {stats.JoinEvictions} {stats.Bytes} {stats.PeakBytes} {stats.NotAdmitted} {stats.Now}");
        Assert.True(stats.LeafEvictions > 50);
        Assert.Equal(0, Abi.CloseCache(cache));
        return told;
    }

    private static void Play<T>(ulong cache, List<string> told, int width, int from, int count)
        where T : unmanaged
    {
        for (int i = from; i < from + count; i++)
        {
            int[] sequence = Sequence(i);
            T[] ids = width == 4 ? (T[])(object)sequence : (T[])(object)Array.ConvertAll(sequence, id => (long)id);
            Assert.True(Abi.Lookup<T>(cache, ids.AsSpan(0, ids.Length / 2), out LeaseStruct lease) == 0, Abi.LastError);
            int planned = Abi.Plan<T>(cache, lease, ids, out ReadOnlySpan<PlannedStruct> nodes);
            StateHandle[] handles = [.. Enumerable.Range(0, planned).Select(node => new StateHandle((i * 10L) + node + 1))];
            told.Add($"{lease.Lease.HitTokens} {lease.Lease.BranchTokens} {string.Join(',', nodes.ToArray().Select(node => (node.Tokens, node.Checkpoint == 1)))}");
            Assert.True(Abi.Commit<T>(cache, lease, ids, handles, out ResultStruct result) == 0, Abi.LastError);
            told.Add($"{result.Admitted} {string.Join(',', new ReadOnlySpan<ActionStruct>(result.Actions, result.Count).ToArray().Select(action => (action.Kind, action.Handle, action.Other, action.Tokens)))}");
        }
    }

    private static List<string> Managed(string policy)
    {
        PrefixCacheOptions options = new() { CapacityBytes = 40_000, Model = ModelCatalog.Find("tinykv"), Seed = 7, Tuning = new() { Mode = TuningMode.Off } };
        using PrefixCache cache = policy switch
        {
            "Lru" => new PrefixCache<Lru>(options),
            "Marconi" => new PrefixCache<Marconi>(options),
            "Gdsf" => new PrefixCache<Gdsf>(options),
            "S3Fifo" => new PrefixCache<S3Fifo>(options),
            "WTinyLfu" => new PrefixCache<WTinyLfu>(options),
            _ => new PrefixCache<RandomLeaf>(options),
        };
        List<string> told = [];
        for (int i = 0; i < Requests; i++)
        {
            int[] sequence = Sequence(i);
            Lease lease = cache.Lookup(sequence.AsSpan(0, sequence.Length / 2));
            PlannedNode[] nodes = cache.Plan(lease, sequence).ToArray();
            StateHandle[] handles = [.. Enumerable.Range(0, nodes.Length).Select(node => new StateHandle((i * 10L) + node + 1))];
            told.Add($"{lease.HitTokens} {lease.BranchTokens} {string.Join(',', nodes.Select(node => (node.Tokens, node.Checkpoint)))}");
            CommitResult result = cache.Commit(lease, sequence, 0, handles);
            told.Add($"{(result.Admitted ? 1 : 0)} {string.Join(',', result.Actions.ToArray().Select(action => ((int)action.Kind, action.Handle.Value, action.Other.Value, action.Tokens)))}");
        }

        told.Add($"{cache.Lookups} {cache.LeafEvictions} {cache.JoinEvictions} {cache.Bytes} {cache.PeakBytes} {cache.NotAdmitted} {cache.Now}");
        return told;
    }

    /// <summary>One of some conversations, a turn longer each time.</summary>
    private static int[] Sequence(int request)
    {
        int conversation = (int)(((uint)request * 2654435761u) >> 24) % 23;
        int tokens = 8 + ((request % 7) * 5);
        return [.. Enumerable.Range(0, tokens).Select(i => i < 4 ? i : (conversation * 1000) + i)];
    }
}
