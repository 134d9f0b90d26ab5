namespace Squelch.GpuScoring;

/// <summary>Memory of the device.</summary>
/// <param name="Address">Where it begins, for the device.</param>
/// <param name="Bytes">Its length.</param>
internal readonly record struct DriverMemory(ulong Address, long Bytes);

/// <summary>Memory of the host that the device reads and writes by itself.</summary>
/// <param name="Address">Where it begins.</param>
/// <param name="Length">Numbers in it.</param>
internal readonly unsafe record struct PinnedMemory(nint Address, int Length)
{
    /// <summary>What is in it.</summary>
    public Span<ulong> Span => new((void*)Address, Length);
}
