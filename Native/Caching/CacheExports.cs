using System.Runtime.InteropServices;

namespace Squelch.Native;

/// <summary><c>sq_cache_</c>: each call enters its cache, does one thing, and turns what is thrown into a code.</summary>
internal static unsafe class CacheExports
{
    [UnmanagedCallersOnly(EntryPoint = "sq_cache_open")]
    public static int Open(byte* json, long length, ulong* handle)
    {
        try
        {
            if (handle is null)
            {
                throw Fault.Argument("'out' is NULL. Pass the address of an sq_cache.");
            }

            *handle = 0;
            *handle = Handles.Open(NativeCache.Open(json, length));
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_lookup")]
    public static int Lookup(ulong handle, void* ids, int width, long count, int tokens, long space, HintsStruct* hints, long now, LeaseStruct* lease)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            cache.Lookup(new((nint)ids, width, count, tokens), space, hints, now, lease);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_plan")]
    public static int Plan(ulong handle, LeaseStruct* lease, void* ids, int width, long count, int tokens, PlannedStruct** nodes)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            return cache.Plan(lease, new((nint)ids, width, count, tokens), nodes);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_commit")]
    public static int Commit(
        ulong handle, LeaseStruct* lease, void* ids, int width, long count, int tokens, StateHandle* states, int stateCount, long now, ResultStruct* result)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            if (stateCount < 0 || (states is null && stateCount > 0))
            {
                throw Fault.Argument($"{stateCount} handles at {(states is null ? "NULL" : "an address")} cannot be read. Pass one per planned node, or NULL and 0 to keep none.");
            }

            cache.Commit(lease, new((nint)ids, width, count, tokens), new(states, stateCount), states is null, now, result);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_abandon")]
    public static int Abandon(ulong handle, LeaseStruct* lease, ResultStruct* result)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            cache.Abandon(lease, result);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_stats")]
    public static int Stats(ulong handle, StatsStruct* stats)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            cache.Stats(stats);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_cache_close")]
    public static int Close(ulong handle)
    {
        NativeCache? cache = null;
        try
        {
            cache = Handles.Enter<NativeCache>(handle, NativeCache.Name);
            Handles.Close(cache);
            cache.Dispose();
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            cache?.Exit();
        }
    }
}
