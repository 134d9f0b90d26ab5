using System.Runtime.InteropServices;
using System.Text;

namespace Squelch.Native.Tests;

/// <summary>
/// Random calls with random bytes, on handles that are open, closed or made up: each gives a count or a code of those that there are, and what is left is
/// consistent. SQUELCH_FUZZ_CALLS says how many calls; 60,000 where it does not.
/// </summary>
public sealed unsafe class FuzzTests
{
    private const int Room = 64;
    private const int MostSlots = 48;
    private const long Capacity = 60_000;

    private static readonly string[] s_policies = ["Lru", "Marconi", "Gdsf", "S3Fifo", "Sieve", "Hyperbolic", "RandomLeaf", "WTinyLfu", "Lhd", "Arc", "ExpectedSaving", "OfflineGreedy", "FollowerRobust"];

    private readonly Random _random = new(1);
    private readonly List<ulong> _caches = [];
    private readonly List<ulong> _pools = [];
    private readonly List<ulong> _closed = [0, 1, ulong.MaxValue];
    private readonly List<LeaseStruct> _leases = [];
    private readonly long[] _ids = new long[Room];
    private readonly int[] _slots = new int[Room];
    private readonly double[] _numbers = new double[Room];
    private readonly byte[] _text = new byte[1 << 15];

    [Fact]
    public void NoCallCrashesOrTearsAnything()
    {
        int calls = int.TryParse(Environment.GetEnvironmentVariable("SQUELCH_FUZZ_CALLS"), out int told) ? told : 60_000;
        int done = 0;
        for (int i = 0; i < calls; i++)
        {
            long code = Call(_random.Next(40));
            Assert.True(code >= 0 || code is >= Codes.Unsupported and <= Codes.Argument, $"call {i} gave {code}: {Abi.LastError}");
            Assert.True(code >= 0 || Abi.LastError.Length > 10);
            done += code >= 0 ? 1 : 0;
            if (i % 500 == 0)
            {
                Check();
            }
        }

        // Both ways were gone: neither all is refused nor all is taken.
        Assert.InRange(done, calls / 10, calls - (calls / 10));
        Assert.All(_caches, cache => Assert.Equal(0, Abi.CloseCache(cache)));
    }

    private long Call(int kind) => kind switch
    {
        0 => OpenCache(),
        1 => OpenPool(),
        2 => Close(),
        < 10 => Lookup(),
        < 12 => Plan(),
        < 18 => Commit(),
        < 20 => Abandon(),
        < 28 => Log(),
        < 33 => Victims(),
        < 35 => Score(),
        35 => Retune(),
        36 => PoolNumber(),
        _ => Text(),
    };

    private long OpenCache()
    {
        int page = 1 + (_random.Next(4) * 7);
        long capacity = Capacity + _random.Next(100_000);
        string json = $$"""{ "policy": "{{Policy()}}", "capacity": {{capacity}}, "model": "tinykv", "page": {{page}}, "seed": {{_random.Next()}}, "checks": {{(Chance(2) ? "true" : "false")}} }""";
        int code = Abi.OpenCache(Chance(3) ? Torn(json) : json, out ulong cache);
        if (code == 0)
        {
            if (_caches.Count < 8)
            {
                _caches.Add(cache);
            }
            else
            {
                Assert.Equal(0, Abi.CloseCache(cache));
                _closed.Add(cache);
            }
        }

        return code;
    }

    private long OpenPool()
    {
        string json = $$"""{ "policy": "{{Policy()}}", "mostSlots": {{MostSlots}}, "entries": {{_random.Next(MostSlots)}} }""";
        int code = PoolAbi.Open(Chance(3) ? Torn(json) : json, out ulong pool);
        if (code == 0 && _pools.Count < 8)
        {
            _pools.Add(pool);
        }
        else if (code == 0)
        {
            Assert.Equal(0, PoolAbi.Close(pool));
            _closed.Add(pool);
        }

        return code;
    }

    private long Close()
    {
        if (Chance(4) && _caches.Count > 2)
        {
            ulong cache = _caches[0];
            _caches.RemoveAt(0);
            _closed.Add(cache);
            _leases.RemoveAll(lease => lease.Cache == cache && Chance(2));
            return Abi.CloseCache(cache);
        }

        if (Chance(4) && _pools.Count > 2)
        {
            ulong pool = _pools[0];
            _pools.RemoveAt(0);
            _closed.Add(pool);
            return PoolAbi.Close(pool);
        }

        return Chance(2) ? Abi.CloseCache(_closed[_random.Next(_closed.Count)]) : PoolAbi.Close(_closed[_random.Next(_closed.Count)]);
    }

    private long Lookup()
    {
        delegate* unmanaged<ulong, void*, int, long, int, long, HintsStruct*, long, LeaseStruct*, int> lookup = &CacheExports.Lookup;
        HintsStruct hints;
        _random.NextBytes(new Span<byte>(&hints, sizeof(HintsStruct)));
        (hints.Size, hints.Given) = ((uint)sizeof(HintsStruct), (HintBits)_random.Next(Chance(8) ? 256 : 2));
        hints.Priority = Chance(4) ? hints.Priority : 3;
        LeaseStruct lease = default;
        (int width, long count) = Sequence();
        int code;
        fixed (long* ids = _ids)
        {
            code = lookup(AnyCache(), Chance(50) ? null : ids, width, count, Tokens(), _random.Next(2), Chance(2) ? null : &hints, Chance(10) ? _random.NextInt64() : -1, Chance(50) ? null : &lease);
        }

        if (code == 0)
        {
            _leases.Add(lease);
        }

        return code;
    }

    private long Plan()
    {
        LeaseStruct lease = AnyLease(out _);
        (int width, long count) = Sequence();
        PlannedStruct* nodes = null;
        delegate* unmanaged<ulong, LeaseStruct*, void*, int, long, int, PlannedStruct**, int> plan = &CacheExports.Plan;
        fixed (long* ids = _ids)
        {
            int code = plan(Chance(10) ? AnyCache() : lease.Cache, &lease, ids, width, count, Tokens(), Chance(50) ? null : &nodes);
            for (int i = 0; i < code; i++)
            {
                Assert.True(nodes[i].Tokens > 0);
            }

            return code;
        }
    }

    private long Commit()
    {
        LeaseStruct lease = AnyLease(out int index);
        (int width, long count) = Sequence();
        delegate* unmanaged<ulong, LeaseStruct*, void*, int, long, int, StateHandle*, int, long, ResultStruct*, int> commit = &CacheExports.Commit;
        ResultStruct result = new() { Size = Chance(20) ? 3 : (uint)sizeof(ResultStruct) };
        int code;
        fixed (long* ids = _ids)
        fixed (int* states = _slots)
        {
            bool none = Chance(2);
            code = commit(Chance(10) ? AnyCache() : lease.Cache, &lease, ids, width, count, Tokens(), none ? null : (StateHandle*)states, none ? 0 : _random.Next(-1, 4), Chance(10) ? _random.NextInt64() : -1, &result);
        }

        End(code, index);
        for (int i = 0; i < result.Count; i++)
        {
            Assert.InRange(result.Actions[i].Kind, 0, 3);
        }

        return code;
    }

    private long Abandon()
    {
        LeaseStruct lease = AnyLease(out int index);
        int code = Abi.Abandon(Chance(10) ? AnyCache() : lease.Cache, lease, out _);
        End(code, index);
        return code;
    }

    private long Log()
    {
        PoolChange* changes = stackalloc PoolChange[8];
        _random.NextBytes(new Span<byte>(changes, 8 * sizeof(PoolChange)));
        int* fields = (int*)changes;
        for (int i = 0; i < 8; i++)
        {
            int* change = fields + (i * sizeof(PoolChange) / sizeof(int));
            change[0] = _random.Next(Chance(20) ? 300 : 11);
            change[1] = _random.Next(-1, MostSlots + 2);
            change[2] = _random.Next(-1, Chance(3) ? MostSlots : 0);
            change[3] = Chance(2) ? 0 : _random.Next(-1, 200);
            change[4] = Chance(2) ? 0 : _random.Next(-1, 200);
            change[5] = _random.Next(Chance(20) ? 9 : 4);
            ((long*)change)[3] = Chance(5) ? _random.NextInt64() : _random.Next(1000);
            ((double*)change)[5] = Chance(30) ? double.NaN : 0;
            ((double*)change)[6] = _random.Next(3);
            ((double*)change)[7] = Chance(30) ? double.NegativeInfinity : _random.Next(1000);
        }

        return PoolAbi.Log(AnyPool(), changes, Chance(50) ? -1 : _random.Next(9));
    }

    private long Victims()
    {
        ulong pool = AnyPool();
        long before = PoolAbi.Count(pool);
        int count = Chance(30) ? -1 : _random.Next(Chance(10) ? Room : 4);
        int kept = Chance(2) ? 0 : _random.Next(4);
        for (int i = 0; i < kept; i++)
        {
            _slots[i] = Chance(50) ? _random.Next() : _random.Next(MostSlots);
        }

        int[] keep = _slots[..kept];
        int* victims = stackalloc int[Room];
        bool evict = Chance(2);
        int code = PoolAbi.Victims(evict, pool, Chance(20) ? double.NaN : 0, count, keep, victims);
        int[] chosen = new Span<int>(victims, Math.Max(0, code)).ToArray();
        Assert.Equal(chosen.Length, chosen.Distinct().Count());
        Assert.Empty(chosen.Intersect(keep));
        Assert.Equal(before < 0 || !evict ? before : before - chosen.Length, PoolAbi.Count(pool));
        return code;
    }

    private long Score()
    {
        delegate* unmanaged<ulong, double, int*, long, double*, int> score = &PoolExports.Score;
        fixed (int* slots = _slots)
        fixed (double* scores = _numbers)
        {
            slots[0] = _random.Next(MostSlots);
            return score(AnyPool(), 0, slots, Chance(20) ? -1 : _random.Next(3), scores);
        }
    }

    private long Retune()
    {
        delegate* unmanaged<ulong, double*, int, int> retune = &PoolExports.Retune;
        fixed (double* values = _numbers)
        {
            values[0] = Chance(5) ? double.NaN : _random.NextDouble();
            return retune(AnyPool(), values, _random.Next(-1, 3));
        }
    }

    private long PoolNumber()
    {
        ulong pool = AnyPool();
        return Chance(10) ? PoolAbi.Clear(pool) : Chance(2) ? PoolAbi.Count(pool) : PoolAbi.Candidates(pool);
    }

    private long Text()
    {
        delegate* unmanaged<byte*, long, long> lastError = &LibraryExports.Message;
        delegate* unmanaged<byte*, long, long> policies = &PolicyExports.Policies;
        fixed (byte* text = _text)
        {
            return Chance(20) ? policies(text, _random.Next(-1, _text.Length)) : lastError(Chance(9) ? null : text, _random.Next(-1, 50));
        }
    }

    private void Check()
    {
        foreach (ulong cache in _caches)
        {
            StatsStruct stats = Abi.Stats(cache);
            Assert.True(stats.Bytes <= stats.PeakBytes && stats.PeakBytes <= Capacity + 100_000 && stats.Bytes >= 0);
            Assert.Equal(_leases.Count(lease => lease.Cache == cache), stats.OpenLeases);
        }

        Assert.All(_pools, pool => Assert.InRange(PoolAbi.Candidates(pool), 0, PoolAbi.Count(pool)));
    }

    private void End(int code, int index)
    {
        if (code == 0)
        {
            _leases.RemoveAt(index);
        }
    }

    private bool Chance(int of) => _random.Next(of) == 0;

    private string Policy() => s_policies[_random.Next(s_policies.Length)];

    private int Tokens() => Chance(10) ? _random.Next(-5, 500) : 0;

    /// <summary>Numbers in the buffer, and how they are passed: never past its end, unless so far that they are refused unread.</summary>
    private (int Width, long Count) Sequence()
    {
        Span<int> narrow = MemoryMarshal.Cast<long, int>(_ids.AsSpan());
        if (Chance(3))
        {
            int branch = _random.Next(4);
            for (int i = 0; i < narrow.Length; i++)
            {
                narrow[i] = i < 6 ? i : branch + i;
            }
        }

        return Chance(30) ? (4, _random.NextInt64(long.MinValue, 0)) : Chance(30) ? (4, long.MaxValue - _random.Next(99)) : Chance(20) ? (_random.Next(-9, 4), 3)
            : Chance(5) ? (8, _random.Next(Room)) : (4, _random.Next(2 * Room));
    }

    private string Torn(string json)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(json);
        for (int i = _random.Next(1, 4); i > 0; i--)
        {
            bytes[_random.Next(bytes.Length)] = (byte)_random.Next(32, 127);
        }

        // A long number of entries would be room that is asked for in earnest.
        string torn = Encoding.UTF8.GetString(bytes, 0, Chance(2) ? bytes.Length : _random.Next(bytes.Length));
        return torn.Contains($"\"mostSlots\": {MostSlots}", StringComparison.Ordinal) || !torn.Contains("entries", StringComparison.Ordinal) ? torn : "{";
    }

    private ulong AnyCache() => Chance(10) || _caches.Count == 0 ? Chance(5) && _pools.Count > 0 ? _pools[0] : _closed[_random.Next(_closed.Count)] : _caches[_random.Next(_caches.Count)];

    private ulong AnyPool() => Chance(10) || _pools.Count == 0 ? Chance(5) && _caches.Count > 0 ? _caches[0] : _closed[_random.Next(_closed.Count)] : _pools[_random.Next(_pools.Count)];

    private LeaseStruct AnyLease(out int index)
    {
        index = -1;
        LeaseStruct lease = default;
        if (_leases.Count > 0 && !Chance(10))
        {
            index = _random.Next(_leases.Count);
            return _leases[index];
        }

        _random.NextBytes(new Span<byte>(&lease, sizeof(LeaseStruct)));
        lease.Cache = AnyCache();
        return lease;
    }
}
