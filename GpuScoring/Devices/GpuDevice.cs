using ILGPU;
using ILGPU.Runtime;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;

namespace Squelch.GpuScoring;

/// <summary>What a selector is about to ask of its device; tests make each of them fail.</summary>
internal enum DeviceStep
{
    Compile,
    Allocate,
    Copy,
    Launch,
    Read,
}

/// <summary>
/// One device with its memory budget and the kernels loaded on it. Caches share it, each with a stream of its own; whoever queues work holds
/// <see cref="Gate"/>, waiting for the work happens outside.
/// </summary>
internal sealed class GpuDevice : IDisposable
{
    /// <summary>Loading kernels from two threads at once has crashed ILGPU (its issue 724), whatever the device.</summary>
    private static readonly Lock s_loading = new();

    private readonly Context _context;
    private readonly Dictionary<Type, object> _kernels = [];
    private readonly long _limit;
    private long _taken;
    private readonly ReaderWriterLockSlim _use = new();
    private volatile bool _disposed;

    private GpuDevice(Context context, Device device, long limit, DeviceVariant variant)
    {
        _context = context;
        _limit = limit;
        Accelerator = device.CreateAccelerator(context);
        Threads = 1 << (31 - int.LeadingZeroCount(Math.Min(variant.Threads, Accelerator.MaxNumThreadsPerGroup)));
        MostGroups = Math.Max(2, Accelerator.NumMultiprocessors * variant.GroupsPerProcessor);
    }

    /// <summary>ILGPU's device.</summary>
    public Accelerator Accelerator { get; }

    /// <summary>Held while work is queued.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Threads per group, a power of two.</summary>
    public int Threads { get; }

    /// <summary>Most groups of a launch: what keeps all processors busy.</summary>
    public int MostGroups { get; }

    /// <summary>From so many rows on blocks are summarised: below, reading all rows takes less time than the launches. Tests lower it.</summary>
    public int LeastSummarizedRows { get; set; } = 1 << 19;

    /// <summary>The device is ILGPU's simulator.</summary>
    public bool IsSimulated => Accelerator.AcceleratorType == AcceleratorType.CPU;

    /// <summary>The device's name.</summary>
    public string Name => Accelerator.Name;

    /// <summary>The kernel that is launched next, or was launched last.</summary>
    public string Launching { get; private set; } = "";

    /// <summary>Runs before each step; throws in place of a device that fails.</summary>
    public Action<DeviceStep>? Probe { get; set; }

    /// <summary>Opens the device that the options name.</summary>
    /// <exception cref="SquelchException">There is none; the message says what there is.</exception>
    public static GpuDevice Open(GpuOptions options, DeviceVariant variant)
    {
        bool simulated = string.Equals(options.Device, GpuOptions.Simulator, StringComparison.OrdinalIgnoreCase);
        Context? context = null;
        try
        {
            // Two threads are enough to show what groups do; the simulator gives each a thread of the machine.
            context = simulated ? Context.Create(builder => builder.Optimize(variant.Level).CPU(new CPUDevice(2, 1, 1))) : Gpus(others: options.Device is not null, variant.Level);
            Device[] devices = [.. context.Devices.Where(device => simulated || device.AcceleratorType != AcceleratorType.CPU)];
            return new(context, devices[DeviceChoice.Of([.. devices.Select(device => device.Name)], simulated ? null : options.Device)], options.MemoryBytes, variant);
        }
        catch (Exception exception) when (exception is not SquelchException)
        {
            context?.Dispose();
            throw new SquelchException($"The GPU cannot be used: {exception.Message} A driver that is too old for the device is the usual cause; update it, or go without (GpuMode.Off).", exception);
        }
        catch
        {
            context?.Dispose();
            throw;
        }
    }

    /// <summary>The names of the GPUs here, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Names()
    {
        using Context context = Gpus(others: true, DeviceVariant.Usual.Level);
        return [.. context.Devices.Where(device => device.AcceleratorType != AcceleratorType.CPU).Select(device => device.Name)];
    }

    /// <summary>The kernels of a formula, loaded once.</summary>
    public TKernels Kernels<TKernels>(Func<GpuDevice, TKernels> load)
        where TKernels : class
    {
        lock (s_loading)
        {
            if (!_kernels.TryGetValue(typeof(TKernels), out object? kernels))
            {
                Enter(DeviceStep.Compile);
                kernels = load(this);
                _kernels.Add(typeof(TKernels), kernels);
            }

            return (TKernels)kernels;
        }
    }

    /// <summary>Takes device memory.</summary>
    /// <exception cref="SquelchException">The limit of the options would be exceeded.</exception>
    public MemoryBuffer1D<T, Stride1D.Dense> Allocate<T>(long length)
        where T : unmanaged
    {
        Enter(DeviceStep.Allocate);
        long bytes = length * Interop.SizeOf<T>();
        if (Interlocked.Add(ref _taken, bytes) > _limit && _limit > 0)
        {
            Interlocked.Add(ref _taken, -bytes);
            throw new SquelchException($"{bytes:N0} bytes more of device memory would exceed the limit of {_limit:N0}; raise Squelch:GpuMemory.");
        }

        try
        {
            return Accelerator.Allocate1D<T>(length);
        }
        catch
        {
            Interlocked.Add(ref _taken, -bytes);
            throw;
        }
    }

    /// <summary>Gives device memory back.</summary>
    public void Free<T>(MemoryBuffer1D<T, Stride1D.Dense>? buffer)
        where T : unmanaged
    {
        if (buffer is { IsDisposed: false })
        {
            Interlocked.Add(ref _taken, -buffer.LengthInBytes);
            buffer.Dispose();
        }
    }

    /// <summary>Called before each step.</summary>
    public void Enter(DeviceStep step)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        Probe?.Invoke(step);
        Accelerator.Bind();
    }

    /// <summary>Called before each launch.</summary>
    /// <param name="kernel">Its name, for who measures steps.</param>
    public void EnterLaunch(string kernel)
    {
        Launching = kernel;
        Enter(DeviceStep.Launch);
    }

    /// <summary>Keeps the device until <see cref="Release"/>: what it has given out can be read. Several may hold it at once.</summary>
    public void Hold() => _use.EnterReadLock();

    /// <summary>Ends <see cref="Hold"/>.</summary>
    public void Release() => _use.ExitReadLock();

    /// <summary>Groups for that many rows.</summary>
    public int Groups(int rows) => Math.Clamp((rows + Threads - 1) / Threads, 1, MostGroups);

    /// <summary>Waits for selections that run and for queued work, then gives everything back. Selectors on the device go on with their CPU plans.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
        }

        _use.EnterWriteLock();
        try
        {
            Accelerator.Synchronize();
        }
        catch (Exception exception) when (exception is AcceleratorException or InvalidOperationException)
        {
            // A device that is gone has nothing to wait for.
        }
        finally
        {
            _use.ExitWriteLock();
        }

        // Who holds it from here on is refused at its first step.
        Accelerator.Dispose();
        _context.Dispose();
    }

    /// <summary>NVIDIA's first; devices of OpenCL are used only where somebody names one. A context without any has a simulator of its own accord.</summary>
    private static Context Gpus(bool others, OptimizationLevel level)
    {
        CudaResolver.Register();
        return Context.Create(builder => _ = others ? builder.Optimize(level).Cuda().OpenCL() : builder.Optimize(level).Cuda());
    }
}
