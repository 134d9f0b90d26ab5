namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>What an instruction does besides computing.</summary>
internal enum PtxKind { Compute, Parameter, Load, Store, Atomic, Branch, Barrier, Fence, Return }

/// <summary>One instruction of a kernel.</summary>
/// <param name="Text">As it is written, for messages.</param>
/// <param name="Kind">What it does.</param>
internal sealed record PtxInstruction(string Text, PtxKind Kind)
{
    /// <summary>The operation with its modifiers, as <c>add.f64</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>The predicate that it runs under; -1 for none.</summary>
    public int Guard { get; init; } = -1;

    /// <summary>It runs where the predicate is false.</summary>
    public bool Unless { get; init; }

    /// <summary>The registers that are written: one, none, or those of a vector.</summary>
    public int[] Destinations { get; init; } = [];

    /// <summary>What is read.</summary>
    public PtxOperand[] Sources { get; init; } = [];

    /// <summary>What it computes.</summary>
    public Func<ulong, ulong, ulong, ulong>? Compute { get; init; }

    /// <summary>Where memory is read or written, before <see cref="Offset"/>.</summary>
    public PtxOperand Address { get; init; }

    /// <summary>Bytes past the address.</summary>
    public int Offset { get; init; }

    /// <summary>Bytes read or written, of each number of a vector.</summary>
    public int Bytes { get; init; }

    /// <summary>It is read as memory that nobody writes while the kernel runs.</summary>
    public bool Constant { get; init; }

    /// <summary>The address is one of the group's shared memory.</summary>
    public bool Shared { get; init; }

    /// <summary>The instruction that a branch goes to.</summary>
    public int Target { get; set; }
}

/// <summary>Where a number comes from.</summary>
internal enum PtxSource { Immediate, Register, ThreadId, ThreadCount, GroupId, GroupCount }

/// <summary>What an instruction reads.</summary>
/// <param name="Source">Where it comes from.</param>
/// <param name="Value">The number, or the register.</param>
internal readonly record struct PtxOperand(PtxSource Source, ulong Value);
