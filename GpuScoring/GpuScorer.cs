using System.Runtime.CompilerServices;

namespace Squelch.GpuScoring;

/// <summary>
/// A GPU that chooses victims for any number of caches: pass <see cref="Accelerate(IVictimSelector)"/> as <see cref="PrefixCacheOptions.Accelerate"/>.
/// Safe for use from several threads.
/// </summary>
/// <example><code>
/// using var gpu = GpuScorer.Open(GpuOptions.FromEnvironment());
/// using var cache = new PrefixCache&lt;Marconi&gt;(new() { CapacityBytes = 20_000_000_000, Accelerate = gpu.Accelerate });
/// </code></example>
public sealed class GpuScorer : IDisposable
{
    private const int MostWarnings = 64;

    private readonly SelectionDevice? _device;
    private readonly GpuOptions _options;
    private readonly HashSet<string> _warnings = [];
    private volatile bool _disposed;

    private GpuScorer(SelectionDevice? device, GpuOptions options)
    {
        _device = device;
        _options = options;
    }

    /// <summary>The device's name, or null where victims are chosen on the CPU.</summary>
    public string? DeviceName => _device?.Name;

    internal GpuDevice? Device => (_device as IlgpuSelectionDevice)?.Device;

    /// <summary>Opens the device that the options name; with <see cref="GpuMode.Auto"/> and none that works, everything stays on the CPU.</summary>
    /// <exception cref="SquelchException">A GPU is required and there is none.</exception>
    public static GpuScorer Open(GpuOptions options) => Open(options, DeviceVariant.Usual);

    /// <summary>As <see cref="Open(GpuOptions)"/>, compiled and laid out in another way.</summary>
    internal static GpuScorer Open(GpuOptions options, DeviceVariant variant) => Open(options, options => OpenDevice(options, variant));

    /// <summary>As <see cref="Open(GpuOptions)"/>, on a device that is opened in another way.</summary>
    internal static GpuScorer Open(GpuOptions options, Func<GpuOptions, SelectionDevice> open)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!Enum.IsDefined(options.Mode))
        {
            throw new SquelchException($"GpuOptions.Mode is {(int)options.Mode}; it can be Off, Auto or Require.");
        }

        if (!Enum.IsDefined(options.Kernels))
        {
            throw new SquelchException($"GpuOptions.Kernels is {(int)options.Kernels}; it can be RunTime or BuildTime.");
        }

        if (options.MemoryBytes < 0)
        {
            throw new SquelchException($"GpuOptions.MemoryBytes is {options.MemoryBytes}; give a number of bytes above 0, or 0 for no limit.");
        }

        if (options.Mode == GpuMode.Off)
        {
            return new(null, options);
        }

        try
        {
            return new(open(options), options);
        }
        catch (SquelchException exception) when (options.Mode == GpuMode.Auto)
        {
            var none = new GpuScorer(null, options);
            if (options.Device is not null)
            {
                // Somebody named it, so somebody expects it.
                none.Warn($"Victims are chosen on the CPU: {exception.Message}");
            }

            return none;
        }
        catch (SquelchException exception)
        {
            throw new SquelchException($"A GPU is required. {exception.Message} Under auto the CPU does where there is none.", exception);
        }
    }

    /// <summary>The names of the GPUs here.</summary>
    /// <exception cref="SquelchException">The driver does not answer.</exception>
    public static IReadOnlyList<string> Devices()
    {
        try
        {
            return RuntimeFeature.IsDynamicCodeSupported ? GpuDevice.Names() : CudaDriver.Load().Devices();
        }
        catch (Exception exception)
        {
            throw new SquelchException($"The GPUs cannot be listed: {exception.Message}", exception);
        }
    }

    /// <summary>
    /// Puts the device in front of a selector, which it then owns, and compiles its kernels, so that no eviction waits for that. A selector without a kernel
    /// (written by hand, or with a formula that devices compute differently) is returned as it is.
    /// </summary>
    /// <exception cref="SquelchException">A GPU is required, and the selector has no kernel or the device refuses it.</exception>
    public IVictimSelector Accelerate(IVictimSelector selector) => Accelerate(selector, always: _options.Mode == GpuMode.Require);

    /// <summary>Gives the device back; selectors that are in use go on with their CPU plans.</summary>
    public void Dispose()
    {
        _disposed = true;
        _device?.Dispose();
    }

    /// <summary>As <see cref="Accelerate(IVictimSelector)"/>; always on the device, or where it is faster.</summary>
    internal IVictimSelector Accelerate(IVictimSelector selector, bool always)
    {
        ArgumentNullException.ThrowIfNull(selector);
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_device is null)
        {
            return selector;
        }

        if (selector is not IDeviceScored scored || selector is not FormulaSelector cpu)
        {
            return _options.Mode == GpuMode.Require
                ? throw new SquelchException($"A GPU is required, but {NameOf(selector)} has no kernel; `squelch explain` says why. Choose another policy, or let the CPU do (auto).")
                : selector;
        }

        try
        {
            if (_device.For(scored, measured: !always) is { } device)
            {
                return new GpuSelector(cpu, scored.DeviceShape, device, always, Warn);
            }
        }
        catch (Exception exception) when (_options.Mode == GpuMode.Auto)
        {
            Warn($"Victims are chosen on the CPU: {exception.Message}");
            return selector;
        }
        catch (Exception exception) when (exception is not SquelchException)
        {
            throw new SquelchException($"{_device.Name} refuses the policy's kernels: {exception.Message}", exception);
        }

        return _options.Mode == GpuMode.Require
            ? throw new SquelchException($"A GPU is required, but {NameOf(selector)} has no kernel that is made at build time: it has functions that devices round differently (Exp, Log, Pow). Choose another policy, or let the CPU do (auto).")
            : selector;
    }

    /// <summary>Code that is compiled ahead of time cannot compile kernels, and ILGPU is left out of it.</summary>
    private static SelectionDevice OpenDevice(GpuOptions options, DeviceVariant variant)
        => RuntimeFeature.IsDynamicCodeSupported && options.Kernels == GpuKernels.RunTime
            ? new IlgpuSelectionDevice(GpuDevice.Open(options, variant))
            : DriverDevice.Open(options, CudaDriver.Load());

    private static string NameOf(IVictimSelector selector) => selector.GetType().DeclaringType?.Name ?? selector.GetType().Name;

    /// <summary>Without an own listener, warnings go to .NET's trace. A library that has one leaves the trace out when it is published.</summary>
    private static bool Traces => true;

    private void Warn(string text)
    {
        bool isNew;
        lock (_warnings)
        {
            // Caches that fail for one reason say it once, however many there are.
            isNew = _warnings.Count < MostWarnings && _warnings.Add(text);
        }

        if (isNew)
        {
            try
            {
                if (_options.OnWarning is { } warn)
                {
                    warn(text);
                }
                else if (Traces)
                {
                    System.Diagnostics.Trace.TraceWarning(text);
                }
            }
            catch (Exception exception)
            {
                // Whoever listens must not cost a victim: the eviction that gave rise to the warning goes on.
                if (Traces)
                {
                    System.Diagnostics.Trace.TraceError($"{text} The listener failed: {exception.Message}");
                }
            }
        }
    }
}
