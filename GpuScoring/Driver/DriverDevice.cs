namespace Squelch.GpuScoring;

/// <summary>
/// A device of the CUDA driver, with its memory budget and the kernels loaded on it. Trees share it, each with a stream of its own; the driver takes calls from any
/// thread, so nothing is locked but loading kernels.
/// </summary>
internal sealed class DriverDevice : SelectionDevice
{
    /// <summary>As ILGPU's kernels have; not measured here.</summary>
    private const int GroupsPerProcessor = 8;

    private readonly int _number;
    private readonly nint _context;
    private readonly long _limit;
    private readonly Dictionary<Type, DriverKernels> _kernels = [];
    private readonly HashSet<DriverSelection> _selections = [];
    private readonly Lock _loading = new();
    private readonly ReaderWriterLockSlim _use = new();
    private long _taken;
    private volatile bool _disposed;

    private DriverDevice(CudaDriver driver, int number, string name, long limit, int threads, int measured)
    {
        MeasuredRows = measured;
        Driver = driver;
        Name = name;
        Threads = threads;
        MostGroups = Math.Max(2, driver.Multiprocessors(number) * GroupsPerProcessor);
        _number = number;
        _limit = limit;
        _context = driver.RetainContext(number);
    }

    /// <summary>The driver.</summary>
    public CudaDriver Driver { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <summary>Threads per group, a power of two.</summary>
    public int Threads { get; }

    /// <summary>Rows over which a selection is timed: enough to see the memory.</summary>
    public int MeasuredRows { get; }

    /// <summary>Below so many rows, reading them all takes no longer than asking which blocks to read. As <see cref="GpuDevice.LeastSummarizedRows"/>.</summary>
    public int LeastSummarizedRows { get; set; } = 1 << 19;

    /// <summary>Most groups of a launch: what keeps all processors busy.</summary>
    public int MostGroups { get; }

    /// <summary>Opens the device that the options name.</summary>
    /// <param name="options">The options.</param>
    /// <param name="driver">The driver.</param>
    /// <param name="threads">Threads per group, a power of two, at most 256: what the kernels have shared memory for.</param>
    /// <param name="measured">Rows over which a selection is timed.</param>
    /// <exception cref="SquelchException">There is none; the message says what there is.</exception>
    public static DriverDevice Open(GpuOptions options, CudaDriver driver, int threads = 256, int measured = 1 << 20)
    {
        string[] names = driver.Devices();
        int number = DeviceChoice.Of(names, options.Device);
        return new(driver, number, names[number], options.MemoryBytes, threads, measured);
    }

    /// <inheritdoc/>
    public override DeviceSelection? For(IDeviceScored selector, bool measured)
    {
        if (selector.Ptx is not { } formula)
        {
            return null;
        }

        Hold();
        try
        {
            lock (_loading)
            {
                var selection = new DriverSelection(this, selector, Kernels(selector, formula));
                try
                {
                    if (measured)
                    {
                        selection.Measure();
                    }
                }
                catch
                {
                    selection.Free();
                    throw;
                }

                _selections.Add(selection);
                return selection;
            }
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Gives back what a selection holds; it is gone already where the device is disposed of.</summary>
    public void Close(DriverSelection selection)
    {
        _use.EnterReadLock();
        try
        {
            if (!_disposed)
            {
                Within(() =>
                {
                    lock (_loading)
                    {
                        _selections.Remove(selection);
                    }

                    selection.Free();
                });
            }
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <summary>Takes device memory.</summary>
    /// <exception cref="SquelchException">The limit of the options would be exceeded, or the device has no more.</exception>
    public DriverMemory Allocate(long bytes)
    {
        if (Interlocked.Add(ref _taken, bytes) > _limit && _limit > 0)
        {
            Interlocked.Add(ref _taken, -bytes);
            throw new SquelchException($"{bytes:N0} bytes more of device memory would exceed the limit of {_limit:N0}; raise Squelch:GpuMemory.");
        }

        try
        {
            return new(Driver.Allocate(bytes), bytes);
        }
        catch
        {
            Interlocked.Add(ref _taken, -bytes);
            throw;
        }
    }

    /// <summary>Gives device memory back.</summary>
    public void Free(ref DriverMemory memory)
    {
        if (memory.Bytes > 0)
        {
            Interlocked.Add(ref _taken, -memory.Bytes);
            ulong address = memory.Address;
            memory = default;
            Driver.Free(address);
        }
    }

    /// <summary>Takes memory of the host for copies.</summary>
    public PinnedMemory AllocatePinned(int length) => new(Driver.AllocatePinned((long)length * sizeof(ulong)), length);

    /// <summary>Gives such memory back.</summary>
    public void Free(ref PinnedMemory memory)
    {
        if (memory.Length > 0)
        {
            nint address = memory.Address;
            memory = default;
            Driver.FreePinned(address);
        }
    }

    /// <summary>Groups for that many rows.</summary>
    public int Groups(int rows) => Math.Clamp((rows + Threads - 1) / Threads, 1, MostGroups);

    /// <summary>Groups that read so many rows of columns, several a thread.</summary>
    public int Groups(int rows, DeviceShape shape) => Groups((rows - 1 + PtxModule.RowsPerLoad(shape)) / PtxModule.RowsPerLoad(shape));

    /// <summary>Keeps the device, and this thread's calls with it, until <see cref="Release"/>. Several may hold it at once.</summary>
    public void Hold()
    {
        _use.EnterReadLock();
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            Driver.PushContext(_context);
        }
        catch
        {
            _use.ExitReadLock();
            throw;
        }
    }

    /// <summary>Ends <see cref="Hold"/>.</summary>
    public void Release()
    {
        try
        {
            Driver.PopContext();
        }
        finally
        {
            _use.ExitReadLock();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _use.EnterWriteLock();
        try
        {
            if (_disposed)
            {
                return;
            }

            // The context may be the whole process's, and outlive this: all is given back one by one.
            _disposed = true;
            Within(() =>
            {
                foreach (DriverSelection selection in _selections)
                {
                    selection.Free();
                }

                foreach (DriverKernels kernels in _kernels.Values)
                {
                    Driver.UnloadModule(kernels.Module);
                }
            });
            Driver.ReleaseContext(_number);
        }
        catch (SquelchException)
        {
            // A device that is gone has nothing to give back.
        }
        finally
        {
            _use.ExitWriteLock();
        }
    }

    /// <summary>Gives things back. What is lost with a device that is gone needs no more of it.</summary>
    private void Within(Action give)
    {
        try
        {
            Driver.PushContext(_context);
            try
            {
                give();
            }
            finally
            {
                Driver.PopContext();
            }
        }
        catch (SquelchException)
        {
        }
    }

    private DriverKernels Kernels(IDeviceScored selector, DevicePtx formula)
    {
        if (!_kernels.TryGetValue(selector.GetType(), out DriverKernels? kernels))
        {
            kernels = DriverKernels.Load(Driver, formula, selector.DeviceShape);
            _kernels.Add(selector.GetType(), kernels);
        }

        return kernels;
    }
}
