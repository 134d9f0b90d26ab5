using System.Diagnostics;
using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.Cuda;
using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>What the device is, and what it can do at best.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Driver">The driver's version, compute capability and PTX version; empty where it is no NVIDIA GPU.</param>
/// <param name="Processors">Multiprocessors.</param>
/// <param name="MemoryBytes">Its memory.</param>
/// <param name="Cache">Bytes of L2, and clocks in kHz; empty where it is no NVIDIA GPU.</param>
/// <param name="CopyBytesPerSecond">Read and written by a copy on the device, of random numbers.</param>
/// <param name="ToDeviceBytesPerSecond">From pinned memory.</param>
/// <param name="FromDeviceBytesPerSecond">To pinned memory.</param>
/// <param name="CopySeconds">A copy of one number to the host, and its end.</param>
/// <param name="LaunchSeconds">A launch and its end.</param>
/// <param name="NextLaunchSeconds">Each of many launches in a row.</param>
internal sealed record DeviceFacts(
    string Name,
    string Driver,
    int Processors,
    long MemoryBytes,
    string Cache,
    double CopyBytesPerSecond,
    double ToDeviceBytesPerSecond,
    double FromDeviceBytesPerSecond,
    double CopySeconds,
    double LaunchSeconds,
    double NextLaunchSeconds)
{
    private const int Launches = 200;

    public static DeviceFacts Measure(GpuDevice device)
    {
        using AcceleratorStream stream = device.Accelerator.CreateStream();
        long length = device.IsSimulated ? 1 << 18 : 1 << 27;
        int pinned = device.IsSimulated ? 1 << 16 : 1 << 24;
        var from = device.Allocate<ulong>(length);
        var to = device.Allocate<ulong>(length);
        using PageLockedArray1D<ulong> host = device.Accelerator.AllocatePageLocked1D<ulong>(pinned);
        device.Accelerator.LoadAutoGroupedKernel<Index1D, ArrayView<ulong>>(Fill)(stream, from.IntExtent, from.View.BaseView);
        to.MemSetToZero(stream);
        ArrayView<ulong> target = to.View.BaseView;
        ArrayView<ulong> part = to.View.BaseView.SubView(0, pinned);
        double copy = Best(10, stream, () => target.CopyFrom(stream, from.View.BaseView));
        double down = Best(10, stream, () => host.ArrayView.CopyFrom(stream, part));
        double up = Best(10, stream, () => part.CopyFrom(stream, host.ArrayView));
        double one = Median(stream, () => host.ArrayView.SubView(0, 1).CopyFrom(stream, part.SubView(0, 1)));
        var kernel = device.Accelerator.LoadKernel<ArrayView<ulong>>(Nothing);
        KernelConfig grid = new(1, device.Threads);
        double launch = Median(stream, () => kernel(stream, grid, part));
        double many = Best(5, stream, () =>
        {
            for (int time = 0; time < Launches; time++)
            {
                kernel(stream, grid, part);
            }
        });
        device.Free(from);
        device.Free(to);
        var cuda = device.Accelerator is CudaAccelerator accelerator ? (CudaDevice)accelerator.Device : null;
        return new(
            device.Name,
            cuda is null ? "" : $"driver {cuda.DriverVersion}, {cuda.Architecture}, PTX {cuda.InstructionSet}",
            device.Accelerator.NumMultiprocessors,
            device.Accelerator.MemorySize,
            cuda is null ? "" : $"{cuda.L2CacheSize:N0} bytes of L2, {cuda.ClockRate:N0} kHz, memory {cuda.MemoryClockRate:N0} kHz of {cuda.MemoryBusWidth} bits",
            2.0 * length * sizeof(ulong) / copy,
            (double)pinned * sizeof(ulong) / up,
            (double)pinned * sizeof(ulong) / down,
            one,
            launch,
            many / Launches);
    }

    public override string ToString()
        => $"device: {Name} ({Processors} multiprocessors, {MemoryBytes / 1e9:N0} GB{(Driver.Length > 0 ? $"; {Driver}; {Cache}" : "")}); copy on the device {CopyBytesPerSecond / 1e9:N0} GB/s, "
            + $"to it {ToDeviceBytesPerSecond / 1e9:N1}, from it {FromDeviceBytesPerSecond / 1e9:N1}; a copy of one number {CopySeconds * 1e6:N1} us, a launch {LaunchSeconds * 1e6:N1} us, the next one {NextLaunchSeconds * 1e6:N1} us";

    /// <summary>Numbers that no device can keep or copy in less than their bits.</summary>
    internal static void Fill(Index1D index, ArrayView<ulong> view)
    {
        ulong mixed = ((ulong)index.X + 1) * 0x9E3779B97F4A7C15;
        view[index] = mixed ^ (mixed >> 29);
    }

    internal static void Nothing(ArrayView<ulong> view)
    {
        if (Group.IdxX == 0)
        {
            view[0] = 1;
        }
    }

    private static double Best(int times, AcceleratorStream stream, Action action) => Enumerable.Range(0, times).Min(_ => Seconds(stream, action));

    private static double Median(AcceleratorStream stream, Action action) => Enumerable.Range(0, 200).Select(_ => Seconds(stream, action)).Order().ElementAt(100);

    private static double Seconds(AcceleratorStream stream, Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        stream.Synchronize();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
