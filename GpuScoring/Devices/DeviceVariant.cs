using ILGPU;

namespace Squelch.GpuScoring;

/// <summary>How kernels are compiled and laid out on a device: what GpuCheck tries.</summary>
/// <param name="Level">How much ILGPU optimises.</param>
/// <param name="GroupsPerProcessor">Most groups of a launch, per multiprocessor.</param>
/// <param name="Threads">Most threads of a group; a power of two, at most <see cref="Groups.MostThreads"/>.</param>
internal sealed record DeviceVariant(OptimizationLevel Level, int GroupsPerProcessor, int Threads)
{
    /// <summary>What is used.</summary>
    public static DeviceVariant Usual { get; } = new(OptimizationLevel.O1, 8, Groups.MostThreads);
}
