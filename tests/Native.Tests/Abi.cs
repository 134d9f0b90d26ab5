using System.Text;

namespace Squelch.Native.Tests;

/// <summary>The exports, called as C calls them; here under the runtime that the tests run on.</summary>
internal static unsafe class Abi
{
    public static string LastError
    {
        get
        {
            delegate* unmanaged<byte*, long, long> lastError = &LibraryExports.Message;
            byte[] text = new byte[lastError(null, 0) + 1];
            fixed (byte* buffer = text)
            {
                lastError(buffer, text.Length);
            }

            return Encoding.UTF8.GetString(text, 0, text.Length - 1);
        }
    }

    public static int OpenCache(string json, out ulong cache)
    {
        delegate* unmanaged<byte*, long, ulong*, int> open = &CacheExports.Open;
        byte[] text = Encoding.UTF8.GetBytes(json);
        ulong opened = 0;
        int code;
        fixed (byte* buffer = text)
        {
            code = open(buffer, text.Length, &opened);
        }

        cache = opened;
        return code;
    }

    public static ulong Cache(string json)
    {
        Assert.True(OpenCache(json, out ulong cache) == 0, LastError);
        return cache;
    }

    public static int Lookup<T>(ulong cache, ReadOnlySpan<T> ids, out LeaseStruct lease, long now = -1, int tokens = 0, long space = 0, HintsStruct* hints = null)
        where T : unmanaged
    {
        delegate* unmanaged<ulong, void*, int, long, int, long, HintsStruct*, long, LeaseStruct*, int> lookup = &CacheExports.Lookup;
        LeaseStruct got;
        int code;
        fixed (T* pages = ids)
        {
            code = lookup(cache, pages, sizeof(T), ids.Length, tokens, space, hints, now, &got);
        }

        lease = got;
        return code;
    }

    public static int Plan<T>(ulong cache, LeaseStruct lease, ReadOnlySpan<T> ids, out ReadOnlySpan<PlannedStruct> nodes, int tokens = 0)
        where T : unmanaged
    {
        delegate* unmanaged<ulong, LeaseStruct*, void*, int, long, int, PlannedStruct**, int> plan = &CacheExports.Plan;
        PlannedStruct* planned = null;
        int count;
        fixed (T* pages = ids)
        {
            count = plan(cache, &lease, pages, sizeof(T), ids.Length, tokens, &planned);
        }

        nodes = new(planned, Math.Max(0, count));
        return count;
    }

    public static int Commit<T>(ulong cache, LeaseStruct lease, ReadOnlySpan<T> ids, ReadOnlySpan<StateHandle> states, out ResultStruct result, long now = -1, int tokens = 0)
        where T : unmanaged
    {
        delegate* unmanaged<ulong, LeaseStruct*, void*, int, long, int, StateHandle*, int, long, ResultStruct*, int> commit = &CacheExports.Commit;
        ResultStruct got = new() { Size = (uint)sizeof(ResultStruct) };
        int code;
        fixed (T* pages = ids)
        fixed (StateHandle* handles = states)
        {
            code = commit(cache, &lease, pages, sizeof(T), ids.Length, tokens, handles, states.Length, now, &got);
        }

        result = got;
        return code;
    }

    public static int Abandon(ulong cache, LeaseStruct lease, out ResultStruct result)
    {
        delegate* unmanaged<ulong, LeaseStruct*, ResultStruct*, int> abandon = &CacheExports.Abandon;
        ResultStruct got = new() { Size = (uint)sizeof(ResultStruct) };
        int code = abandon(cache, &lease, &got);
        result = got;
        return code;
    }

    public static StatsStruct Stats(ulong cache)
    {
        delegate* unmanaged<ulong, StatsStruct*, int> stats = &CacheExports.Stats;
        StatsStruct got = new() { Size = (uint)sizeof(StatsStruct) };
        Assert.True(stats(cache, &got) == 0, LastError);
        return got;
    }

    public static int CloseCache(ulong cache)
    {
        delegate* unmanaged<ulong, int> close = &CacheExports.Close;
        return close(cache);
    }

    public static string Policies()
    {
        delegate* unmanaged<byte*, long, long> policies = &PolicyExports.Policies;
        byte[] text = new byte[policies(null, 0) + 1];
        fixed (byte* buffer = text)
        {
            Assert.Equal(text.Length - 1, policies(buffer, text.Length));
        }

        return Encoding.UTF8.GetString(text, 0, text.Length - 1);
    }

    public static int Register()
    {
        delegate* unmanaged<int> register = &SquelchNativeLibrary.Register;
        return register();
    }
}
