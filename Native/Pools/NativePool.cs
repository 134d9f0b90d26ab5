namespace Squelch.Native;

/// <summary>A pool of victims behind a handle.</summary>
internal sealed unsafe class NativePool : OpenObject
{
    public const string Name = "pool";

    private static readonly string[] s_options = ["policy", "tunables", "seed", "model", "mostSlots", "entries", "device"];

    private readonly VictimPool _pool;
    private readonly VictimDevice? _device;

    private NativePool(OptionFields options)
    {
        PolicyChoice choice = PolicyChoice.Of(options);
        _device = DeviceChoice.Of(options);
        int most = (int)options.Whole("mostSlots", 1, 1 << 30, or: 1 << 24);
        _pool = choice.Policy.CreatePool(choice.Tunables, new()
        {
            Model = options.Find("model") is null ? ModelShape.Keys : ModelChoice.Of(options),
            MostSlots = most,
            Entries = (int)options.Whole("entries", 0, most, or: 0),
            Seed = options.Bits("seed"),
            Accelerate = _device is null ? null : _device.Accelerate,
        });
    }

    public override string Kind => Name;

    public int Count => _pool.Count;

    public int Candidates => _pool.CandidateCount;

    public static NativePool Open(byte* json, long length)
    {
        using var options = OptionFields.Read(json, length, s_options);
        return new(options);
    }

    public void Log(PoolChange* changes, long count) => _pool.Apply(Array(changes, count, "changes"));

    public int Evict(double now, long count, int* keep, long keptCount, int* victims)
    {
        ReadOnlySpan<int> kept = Array(keep, keptCount, "slots to keep");
        if (count <= _pool.Count)
        {
            Span<int> room = Array(victims, count, "victims");
            room.Fill(VictimPool.None);
            if (_pool.TryEvict(now, room, kept))
            {
                return room.Length;
            }
        }

        throw new Fault(Codes.TooFew, $"{count} victims were asked for, but fewer can go: {_pool.CandidateCount} of {_pool.Count} entries may go now, those to keep included. Release entries, or ask for fewer.");
    }

    public int Peek(double now, long count, int* keep, long keptCount, int* victims)
        => _pool.Peek(now, Array(victims, Math.Min(count, _pool.Count), "victims"), Array(keep, keptCount, "slots to keep"));

    public void Score(double now, int* slots, long count, double* scores)
        => _pool.Score(now, Array(slots, count, "slots"), Array(scores, count, "scores"));

    public void Retune(double* tunables, int count) => _pool.Retune(Array(tunables, count, "tunables"));

    public void Clear() => _pool.Clear();

    public override void Dispose()
    {
        _pool.Dispose();
        _device?.Dispose();
    }

    private static Span<T> Array<T>(T* items, long count, string what)
        where T : unmanaged
        => count is >= 0 and <= int.MaxValue && (items is not null || count == 0)
            ? new(items, (int)count)
            : throw Fault.Argument($"{count} {what} at {(items is null ? "NULL" : "an address")} cannot be. Pass an array, and how many it has; NULL and 0 for none.");
}
