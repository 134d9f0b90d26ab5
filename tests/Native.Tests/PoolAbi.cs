using System.Text;

namespace Squelch.Native.Tests;

/// <summary>The exports of pools, called as C calls them.</summary>
internal static unsafe class PoolAbi
{
    public static int Open(string json, out ulong pool)
    {
        delegate* unmanaged<byte*, long, ulong*, int> open = &PoolExports.Open;
        byte[] text = Encoding.UTF8.GetBytes(json);
        ulong opened = 0;
        int code;
        fixed (byte* buffer = text)
        {
            code = open(buffer, text.Length, &opened);
        }

        pool = opened;
        return code;
    }

    public static int Log(ulong pool, PoolChange* changes, long count)
    {
        delegate* unmanaged<ulong, PoolChange*, long, int> log = &PoolExports.Log;
        return log(pool, changes, count);
    }

    public static int Log(ulong pool, params ReadOnlySpan<PoolChange> changes)
    {
        fixed (PoolChange* first = changes)
        {
            return Log(pool, first, changes.Length);
        }
    }

    /// <summary>Evicts, or only looks.</summary>
    public static int Victims(bool evict, ulong pool, double now, long count, ReadOnlySpan<int> keep, int* victims)
    {
        delegate* unmanaged<ulong, double, long, int*, long, int*, int> choose = evict ? &PoolExports.Evict : &PoolExports.Peek;
        fixed (int* kept = keep)
        {
            return choose(pool, now, count, kept, keep.Length, victims);
        }
    }

    public static int Victims(bool evict, ulong pool, double now, Span<int> victims, params ReadOnlySpan<int> keep)
    {
        fixed (int* room = victims)
        {
            return Victims(evict, pool, now, victims.Length, keep, room);
        }
    }

    public static int Score(ulong pool, double now, ReadOnlySpan<int> slots, Span<double> scores)
    {
        delegate* unmanaged<ulong, double, int*, long, double*, int> score = &PoolExports.Score;
        fixed (int* first = slots)
        fixed (double* room = scores)
        {
            return score(pool, now, first, slots.Length, room);
        }
    }

    public static int Retune(ulong pool, params ReadOnlySpan<double> tunables)
    {
        delegate* unmanaged<ulong, double*, int, int> retune = &PoolExports.Retune;
        fixed (double* values = tunables)
        {
            return retune(pool, values, tunables.Length);
        }
    }

    public static long Count(ulong pool)
    {
        delegate* unmanaged<ulong, long> count = &PoolExports.Count;
        return count(pool);
    }

    public static long Candidates(ulong pool)
    {
        delegate* unmanaged<ulong, long> candidates = &PoolExports.Candidates;
        return candidates(pool);
    }

    public static int Clear(ulong pool)
    {
        delegate* unmanaged<ulong, int> clear = &PoolExports.Clear;
        return clear(pool);
    }

    public static int Close(ulong pool)
    {
        delegate* unmanaged<ulong, int> close = &PoolExports.Close;
        return close(pool);
    }
}
