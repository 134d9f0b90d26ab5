namespace Squelch.Native;

/// <summary>A prefix cache behind a handle.</summary>
internal sealed unsafe class NativeCache : OpenObject
{
    public const string Name = "cache";

    public const int Tick = -1;
    private const long LatestNow = (1L << 53) - 1;

    private static readonly string[] s_options = ["policy", "capacity", "model", "tunables", "page", "seed", "tuning", "checks", "device"];

    private readonly PrefixCache _cache;
    private readonly VictimDevice? _device;
    private readonly NativeBuffer<int> _ids = new();
    private readonly NativeBuffer<PlannedStruct> _planned = new();
    private readonly NativeBuffer<ActionStruct> _actions = new();
    private long _now;

    private NativeCache(OptionFields options)
    {
        PolicyChoice choice = PolicyChoice.Of(options);
        TuningMode tuning = Tuning(options, choice.Policy.Descriptor);
        _device = DeviceChoice.Of(options);
        _cache = choice.Policy.CreateCache(choice.Tunables, new()
        {
            CapacityBytes = options.Whole("capacity", 1, long.MaxValue, or: null),
            Model = ModelChoice.Of(options),
            PageTokens = (int)options.Whole("page", 1, 1 << 20, or: 1),
            Seed = options.Bits("seed"),
            ChecksCommits = options.Flag("checks", or: true),
            Clock = Clock,
            Accelerate = _device is null ? null : _device.Accelerate,
            Tuning = new() { Mode = tuning },
        });
    }

    public override string Kind => Name;

    public static NativeCache Open(byte* json, long length)
    {
        using var options = OptionFields.Read(json, length, s_options);
        return new(options);
    }

    public void Lookup(in Sequence input, long space, HintsStruct* hints, long now, LeaseStruct* lease)
    {
        Require(lease, "lease");
        CheckNow(now);
        ReadOnlySpan<int> ids = input.Read(_cache.Options.PageTokens, _ids);
        RequestHints told = HintsStruct.Read(hints);
        _now = now;
        *lease = new() { Cache = Handle, Lease = _cache.Lookup(ids, space, told, input.Tokens) };
    }

    public int Plan(LeaseStruct* lease, in Sequence sequence, PlannedStruct** nodes)
    {
        Require(nodes, "out");
        Lease open = Own(lease);
        ReadOnlySpan<PlannedNode> plan = _cache.Plan(open, sequence.Read(_cache.Options.PageTokens, _ids), sequence.Tokens);
        Span<PlannedStruct> planned = _planned.Take(plan.Length);
        for (int i = 0; i < plan.Length; i++)
        {
            planned[i] = new() { Tokens = plan[i].Tokens, Checkpoint = plan[i].Checkpoint ? 1 : 0 };
        }

        *nodes = _planned.Pointer;
        return plan.Length;
    }

    public void Commit(LeaseStruct* lease, in Sequence sequence, ReadOnlySpan<StateHandle> handles, bool keepsNone, long now, ResultStruct* result)
    {
        Clear(result);
        CheckNow(now);
        Lease open = Own(lease);
        ReadOnlySpan<int> ids = sequence.Read(_cache.Options.PageTokens, _ids);
        _now = now;
        try
        {
            CommitResult committed = keepsNone ? _cache.Commit(open, ids, sequence.Tokens) : _cache.Commit(open, ids, sequence.Tokens, handles);
            result->Admitted = committed.Admitted ? 1 : 0;
        }
        finally
        {
            // Where a selector has thrown, the commit is whole all the same, and its actions are to be done.
            Tell(_cache.LastActions, result);
        }
    }

    public void Abandon(LeaseStruct* lease, ResultStruct* result)
    {
        Clear(result);
        Tell(_cache.Abandon(Own(lease)), result);
    }

    public void Stats(StatsStruct* stats)
    {
        Require(stats, "out");
        if (stats->Size < sizeof(StatsStruct))
        {
            throw Fault.Argument($"The statistics have {stats->Size} bytes, {sizeof(StatsStruct)} are expected. Set size to sizeof(sq_stats).");
        }

        *stats = new()
        {
            Size = stats->Size,
            OpenLeases = _cache.OpenLeases,
            Now = _cache.Now,
            Lookups = _cache.Lookups,
            NotAdmitted = _cache.NotAdmitted,
            LeafEvictions = _cache.LeafEvictions,
            JoinEvictions = _cache.JoinEvictions,
            Nodes = _cache.NodeCount,
            Checkpoints = _cache.Checkpoints,
            KvTokens = _cache.KvTokens,
            Bytes = _cache.Bytes,
            PeakBytes = _cache.PeakBytes,
            StructureBytes = _cache.StructureBytes,
        };
    }

    public override void Dispose()
    {
        _cache.Dispose();
        _device?.Dispose();
        _ids.Dispose();
        _planned.Dispose();
        _actions.Dispose();
    }

    private static TuningMode Tuning(OptionFields options, PolicyDescriptor policy)
    {
        switch (options.Text("tuning"))
        {
            case null or "off":
                return TuningMode.Off;
            case "synchronous" when policy.TunedTunables.IsEmpty:
                throw new Fault(Codes.Unsupported, $"{policy.Name} declares no tuner. Leave 'tuning' out, or set the tunables.");
            case "synchronous":
                return TuningMode.Synchronous;
            case "background":
                throw new Fault(Codes.Unsupported, "A tuner in the background would not live through a fork, and would let two ranks differ. Write \"synchronous\", or set the tunables.");
            case { } other:
                throw Fault.Unknown($"There is no tuning '{other}'. Write \"off\" or \"synchronous\".");
        }
    }

    private static void Require(void* pointer, string name)
    {
        if (pointer is null)
        {
            throw Fault.Argument($"'{name}' is NULL. Pass the address of a struct.");
        }
    }

    private static void CheckNow(long now)
    {
        if (now is < Tick or > LatestNow)
        {
            throw Fault.Argument($"The time {now} is not within 0 to {LatestNow}. Pass SQ_TICK for a clock that counts calls.");
        }
    }

    private static void Clear(ResultStruct* result)
    {
        Require(result, "out");
        if (result->Size < sizeof(ResultStruct))
        {
            throw Fault.Argument($"The result has {result->Size} bytes, {sizeof(ResultStruct)} are expected. Set size to sizeof(sq_result).");
        }

        *result = new() { Size = result->Size };
    }

    private long Clock() => _now == Tick ? _cache.Now + 1 : _now;

    private Lease Own(LeaseStruct* lease)
    {
        Require(lease, "lease");
        return lease->Cache == Handle
            ? lease->Lease
            : throw Fault.State("This lease is of another cache, or was not made by a lookup. Pass the one that sq_cache_lookup of this cache gave.");
    }

    private void Tell(ReadOnlySpan<StateAction> actions, ResultStruct* result)
    {
        Span<ActionStruct> told = _actions.Take(actions.Length);
        for (int i = 0; i < actions.Length; i++)
        {
            StateAction action = actions[i];
            told[i] = new() { Kind = (int)action.Kind, Tokens = action.Tokens, Handle = action.Handle.Value, Other = action.Other.Value };
        }

        result->Count = actions.Length;
        result->Actions = _actions.Pointer;
    }
}
