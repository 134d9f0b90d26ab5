using System.Runtime.InteropServices;

namespace Squelch.Native;

/// <summary><c>sq_pool_</c>: each call enters its pool, does one thing, and turns what is thrown into a code.</summary>
internal static unsafe class PoolExports
{
    [UnmanagedCallersOnly(EntryPoint = "sq_pool_open")]
    public static int Open(byte* json, long length, ulong* handle)
    {
        try
        {
            if (handle is null)
            {
                throw Fault.Argument("'out' is NULL. Pass the address of an sq_pool.");
            }

            *handle = 0;
            *handle = Handles.Open(NativePool.Open(json, length));
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_log")]
    public static int Log(ulong handle, PoolChange* changes, long count)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            pool.Log(changes, count);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_evict")]
    public static int Evict(ulong handle, double now, long count, int* keep, long keptCount, int* victims)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            return pool.Evict(now, count, keep, keptCount, victims);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_peek")]
    public static int Peek(ulong handle, double now, long count, int* keep, long keptCount, int* victims)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            return pool.Peek(now, count, keep, keptCount, victims);
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_score")]
    public static int Score(ulong handle, double now, int* slots, long count, double* scores)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            pool.Score(now, slots, count, scores);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_count")]
    public static long Count(ulong handle)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            return pool.Count;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_candidates")]
    public static long Candidates(ulong handle)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            return pool.Candidates;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_retune")]
    public static int Retune(ulong handle, double* tunables, int count)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            pool.Retune(tunables, count);
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_clear")]
    public static int Clear(ulong handle)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            pool.Clear();
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }

    [UnmanagedCallersOnly(EntryPoint = "sq_pool_close")]
    public static int Close(ulong handle)
    {
        NativePool? pool = null;
        try
        {
            pool = Handles.Enter<NativePool>(handle, NativePool.Name);
            Handles.Close(pool);
            pool.Dispose();
            return Codes.Ok;
        }
        catch (Exception exception)
        {
            return LastError.Of(exception);
        }
        finally
        {
            pool?.Exit();
        }
    }
}
