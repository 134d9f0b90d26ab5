namespace Squelch.Native.Tests;

/// <summary>A number that is no handle, no longer one, or in use by somebody else is a code, never a crash.</summary>
public unsafe class HandleTests
{
    private const string Options = """{ "policy": "Lru", "capacity": 1000000000, "model": "marconi-7b" }""";

    [Theory]
    [InlineData(0UL, "0 is not the handle of a cache")]
    [InlineData(1UL, "no handle of this library")]
    [InlineData(ulong.MaxValue, "no handle of this library")]
    public void AnyOtherNumberIsRefused(ulong handle, string message)
    {
        Assert.Equal(Codes.State, Abi.Lookup<int>(handle, [1], out _));
        Assert.Contains(message, Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.State, Abi.CloseCache(handle));
    }

    [Fact]
    public void AClosedHandleStaysClosedThoughItsSlotIsUsedAgain()
    {
        ulong closed = Abi.Cache(Options);
        Assert.Equal(0, Abi.Lookup<int>(closed, [1, 2], out LeaseStruct lease));
        Assert.Equal(0, Abi.CloseCache(closed));
        ulong next = Abi.Cache(Options);
        Assert.NotEqual(closed, next);
        Assert.Equal(Codes.State, Abi.Lookup<int>(closed, [1], out _));
        Assert.Contains("is closed", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.State, Abi.Commit<int>(next, lease, [1, 2], [], out _));
        Assert.Contains("lease is of another cache", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.State, Abi.CloseCache(closed));
        Assert.Equal(0, Abi.CloseCache(next));
    }

    [Fact]
    public void ASecondCallerIsRefusedAndChangesNothing()
    {
        ulong handle = Abi.Cache(Options);
        NativeCache within = Handles.Enter<NativeCache>(handle, NativeCache.Name);
        Assert.Equal(Codes.State, Abi.Lookup<int>(handle, [1], out _));
        Assert.Contains("one caller at a time", Abi.LastError, StringComparison.Ordinal);
        Assert.Equal(Codes.State, Abi.CloseCache(handle));
        within.Exit();
        Assert.Equal(0L, Abi.Stats(handle).Lookups);
        Assert.Equal(0, Abi.CloseCache(handle));
    }

    /// <summary>The caller that comes second gets a code; nothing is torn.</summary>
    [Fact]
    public void ThreadsThatShareACacheGetCodes()
    {
        ulong handle = Abi.Cache(Options);
        long done = 0;
        Parallel.For(0, 4, thread =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                int code = Abi.Lookup<int>(handle, [thread, i], out LeaseStruct lease);
                Assert.True(code is 0 or Codes.State, Abi.LastError);
                if (code == 0)
                {
                    Interlocked.Increment(ref done);
                    int refused;
                    while ((refused = Abi.Abandon(handle, lease, out _)) != 0)
                    {
                        Assert.Equal(Codes.State, refused);
                    }
                }
            }
        });
        StatsStruct stats = Abi.Stats(handle);
        Assert.Equal((done, 0), (stats.Lookups, stats.OpenLeases));
        Assert.Equal(0, Abi.CloseCache(handle));
    }

    [Fact]
    public void ManyCanBeOpen()
    {
        ulong[] open = [.. Enumerable.Range(0, 100).Select(_ => Abi.Cache(Options))];
        Assert.Equal(open.Length, open.Distinct().Count());
        Assert.All(open, handle => Assert.Equal(0, Abi.CloseCache(handle)));
    }
}
