using System.Runtime.InteropServices;

namespace Squelch.Native;

/// <summary><c>sq_hints</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HintsStruct
{
    public uint Size;
    public HintBits Given;
    public double Priority;
    public double Expires;
    public double NextUse;
    public double Turn;
    public double SessionGap;
    public double Category;
    public double Cost;
    public double SessionGapSpread;
    public long Session;

    /// <summary>Before there were the last two fields.</summary>
    private const int LeastSize = 64;

    /// <exception cref="Fault">Its size or bits are not known.</exception>
    public static unsafe RequestHints Read(HintsStruct* hints) => hints is null ? default : hints->Read();

    public readonly unsafe RequestHints Read()
    {
        if (Size < LeastSize || (Size < sizeof(HintsStruct) && (Is(HintBits.SessionGapSpread) || Is(HintBits.Session))))
        {
            throw Fault.Argument($"The hints have {Size} bytes, {sizeof(HintsStruct)} are expected. Set size to sizeof(sq_hints).");
        }

        if ((Given & ~HintBits.All) != 0)
        {
            throw Fault.Argument($"The hints have bits 0x{(uint)Given:x} in 'given', of which 0x{(uint)HintBits.All:x} are known. Use the SQ_HINT_ bits.");
        }

        return new()
        {
            Priority = Is(HintBits.Priority) ? Priority : 0,
            Expires = Is(HintBits.Expires) ? Expires : double.PositiveInfinity,
            NextUse = Is(HintBits.NextUse) ? NextUse : double.PositiveInfinity,
            Turn = Is(HintBits.Turn) ? Turn : 1,
            SessionGap = Is(HintBits.SessionGap) ? SessionGap : double.PositiveInfinity,
            Category = Is(HintBits.Category) ? Category : 0,
            Cost = !Is(HintBits.Cost) ? double.NaN
                : !double.IsNaN(Cost) ? Cost
                : throw Fault.Argument("The hint 'cost' is not a number. Leave its bit out of 'given' where the cost is not known."),
            SessionGapSpread = Is(HintBits.SessionGapSpread) ? SessionGapSpread : double.PositiveInfinity,
            Session = Is(HintBits.Session) ? Session : 0,
        };
    }

    private readonly bool Is(HintBits bit) => (Given & bit) != 0;
}

/// <summary><c>SQ_HINT_</c>.</summary>
[Flags]
internal enum HintBits : uint
{
    Priority = 1,
    Expires = 2,
    NextUse = 4,
    Turn = 8,
    SessionGap = 16,
    Category = 32,
    Cost = 64,
    SessionGapSpread = 128,
    Session = 256,
    All = 511,
}

/// <summary><c>sq_lease</c>: the cache's handle, and the lease as it is.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct LeaseStruct
{
    public ulong Cache;
    public Lease Lease;
    public int Reserved;
}

/// <summary><c>sq_planned</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PlannedStruct
{
    public int Tokens;
    public int Checkpoint;
}

/// <summary><c>sq_action</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ActionStruct
{
    public int Kind;
    public int Tokens;
    public long Handle;
    public long Other;
}

/// <summary><c>sq_result</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResultStruct
{
    public uint Size;
    public int Admitted;
    public int Count;
    public int Reserved;
    public ActionStruct* Actions;
}

/// <summary><c>sq_stats</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct StatsStruct
{
    public uint Size;
    public int OpenLeases;
    public long Now;
    public long Lookups;
    public long NotAdmitted;
    public long LeafEvictions;
    public long JoinEvictions;
    public long Nodes;
    public long Checkpoints;
    public long KvTokens;
    public long Bytes;
    public long PeakBytes;
    public long StructureBytes;
}
