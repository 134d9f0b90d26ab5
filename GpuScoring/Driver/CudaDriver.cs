using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Squelch.GpuScoring;

/// <summary>
/// The CUDA driver's own interface, as far as it is called here: a table of function pointers, so that it works in code that is compiled ahead of time, and no library
/// is asked for before it is wanted. Addresses and handles are the driver's.
/// </summary>
/// <param name="export">Gives the address of a function of the library.</param>
internal sealed unsafe class CudaDriver(Func<string, nint> export)
{
    private const int MultiprocessorCount = 16;
    private const int JitErrorLogBuffer = 5;
    private const int JitErrorLogBufferBytes = 6;
    private const int LogBytes = 4096;

    private readonly delegate* unmanaged<uint, int> _init = (delegate* unmanaged<uint, int>)export("cuInit");
    private readonly delegate* unmanaged<int, byte**, int> _errorName = (delegate* unmanaged<int, byte**, int>)export("cuGetErrorName");
    private readonly delegate* unmanaged<int, byte**, int> _errorText = (delegate* unmanaged<int, byte**, int>)export("cuGetErrorString");
    private readonly delegate* unmanaged<int*, int> _deviceCount = (delegate* unmanaged<int*, int>)export("cuDeviceGetCount");
    private readonly delegate* unmanaged<int*, int, int> _device = (delegate* unmanaged<int*, int, int>)export("cuDeviceGet");
    private readonly delegate* unmanaged<byte*, int, int, int> _deviceName = (delegate* unmanaged<byte*, int, int, int>)export("cuDeviceGetName");
    private readonly delegate* unmanaged<int*, int, int, int> _attribute = (delegate* unmanaged<int*, int, int, int>)export("cuDeviceGetAttribute");
    private readonly delegate* unmanaged<nint*, int, int> _retainContext = (delegate* unmanaged<nint*, int, int>)export("cuDevicePrimaryCtxRetain");
    private readonly delegate* unmanaged<int, int> _releaseContext = (delegate* unmanaged<int, int>)export("cuDevicePrimaryCtxRelease_v2");
    private readonly delegate* unmanaged<nint, int> _pushContext = (delegate* unmanaged<nint, int>)export("cuCtxPushCurrent_v2");
    private readonly delegate* unmanaged<nint*, int> _popContext = (delegate* unmanaged<nint*, int>)export("cuCtxPopCurrent_v2");
    private readonly delegate* unmanaged<nint*, byte*, uint, int*, void**, int> _loadModule = (delegate* unmanaged<nint*, byte*, uint, int*, void**, int>)export("cuModuleLoadDataEx");
    private readonly delegate* unmanaged<nint, int> _unloadModule = (delegate* unmanaged<nint, int>)export("cuModuleUnload");
    private readonly delegate* unmanaged<nint*, nint, byte*, int> _function = (delegate* unmanaged<nint*, nint, byte*, int>)export("cuModuleGetFunction");
    private readonly delegate* unmanaged<ulong*, nuint, int> _allocate = (delegate* unmanaged<ulong*, nuint, int>)export("cuMemAlloc_v2");
    private readonly delegate* unmanaged<ulong, int> _free = (delegate* unmanaged<ulong, int>)export("cuMemFree_v2");
    private readonly delegate* unmanaged<void**, nuint, uint, int> _allocatePinned = (delegate* unmanaged<void**, nuint, uint, int>)export("cuMemHostAlloc");
    private readonly delegate* unmanaged<ulong*, void*, uint, int> _addressOfPinned = (delegate* unmanaged<ulong*, void*, uint, int>)export("cuMemHostGetDevicePointer_v2");
    private readonly delegate* unmanaged<void*, int> _freePinned = (delegate* unmanaged<void*, int>)export("cuMemFreeHost");
    private readonly delegate* unmanaged<ulong, void*, nuint, nint, int> _toDevice = (delegate* unmanaged<ulong, void*, nuint, nint, int>)export("cuMemcpyHtoDAsync_v2");
    private readonly delegate* unmanaged<ulong, ulong, nuint, nint, int> _onDevice = (delegate* unmanaged<ulong, ulong, nuint, nint, int>)export("cuMemcpyDtoDAsync_v2");
    private readonly delegate* unmanaged<ulong, byte, nuint, nint, int> _fill = (delegate* unmanaged<ulong, byte, nuint, nint, int>)export("cuMemsetD8Async");
    private readonly delegate* unmanaged<nint*, uint, int> _createStream = (delegate* unmanaged<nint*, uint, int>)export("cuStreamCreate");
    private readonly delegate* unmanaged<nint, int> _synchronize = (delegate* unmanaged<nint, int>)export("cuStreamSynchronize");
    private readonly delegate* unmanaged<nint, int> _destroyStream = (delegate* unmanaged<nint, int>)export("cuStreamDestroy_v2");
    private readonly delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int> _launch
        = (delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)export("cuLaunchKernel");

    /// <summary>The driver of this machine.</summary>
    /// <exception cref="SquelchException">There is none, or it is too old.</exception>
    public static CudaDriver Load()
    {
        nint library = CudaLibrary.Find("cuda", CudaLibrary.Places);
        if (library == 0 && !NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda" : "libcuda.so", out library))
        {
            throw new SquelchException($"There is no GPU here that can be used (an NVIDIA GPU with its driver is needed; the driver's library was looked for as {string.Join(", ", CudaLibrary.Places)}).");
        }

        return new(name => NativeLibrary.TryGetExport(library, name, out nint address)
            ? address
            : throw new SquelchException($"The CUDA driver has no {name}: it is too old. Update it."));
    }

    /// <summary>The names of the devices.</summary>
    public string[] Devices()
    {
        Check(_init(0), "start");
        int count;
        Check(_deviceCount(&count), "count the devices");
        var names = new string[count];
        byte* name = stackalloc byte[256];
        for (int index = 0; index < count; index++)
        {
            int device;
            Check(_device(&device, index), "open a device");
            Check(_deviceName(name, 256, device), "name a device");
            names[index] = Marshal.PtrToStringUTF8((nint)name)!;
        }

        return names;
    }

    /// <summary>How many of a device's multiprocessors there are.</summary>
    public int Multiprocessors(int device)
    {
        int value;
        Check(_attribute(&value, MultiprocessorCount, device), "describe a device");
        return value;
    }

    /// <summary>Opens the device's context, which the process shares.</summary>
    public nint RetainContext(int device)
    {
        nint context;
        Check(_retainContext(&context, device), "open the device's context");
        return context;
    }

    /// <summary>Ends <see cref="RetainContext"/>.</summary>
    public void ReleaseContext(int device) => Check(_releaseContext(device), "close the device's context");

    /// <summary>What this thread calls is of that context, until <see cref="PopContext"/>: an engine's own calls on the thread may be of another.</summary>
    public void PushContext(nint context) => Check(_pushContext(context), "enter the device's context");

    /// <summary>Ends <see cref="PushContext"/>.</summary>
    public void PopContext()
    {
        nint context;
        Check(_popContext(&context), "leave the device's context");
    }

    /// <summary>Translates PTX for the device, and loads it there.</summary>
    /// <exception cref="SquelchException">The driver refuses it; the message has its log.</exception>
    public nint LoadModule(string ptx)
    {
        byte[] log = new byte[LogBytes];
        nint module;
        int code;
        fixed (byte* text = Encoding.ASCII.GetBytes(ptx + "\0"), place = log)
        {
            int* options = stackalloc int[] { JitErrorLogBuffer, JitErrorLogBufferBytes };
            void** values = stackalloc void*[] { place, (void*)LogBytes };
            code = _loadModule(&module, text, 2, options, values);
        }

        int length = Math.Max(0, Array.IndexOf(log, (byte)0));
        Check(code, "load the kernels", length == 0 ? "" : " It says: " + Encoding.ASCII.GetString(log, 0, length).Trim().ReplaceLineEndings(" "));
        return module;
    }

    /// <summary>Gives a module back.</summary>
    public void UnloadModule(nint module) => Check(_unloadModule(module), "unload the kernels");

    /// <summary>A kernel of a module.</summary>
    public nint Function(nint module, string name)
    {
        nint function;
        fixed (byte* text = Encoding.ASCII.GetBytes(name + "\0"))
        {
            Check(_function(&function, module, text), $"find the kernel {name}");
        }

        return function;
    }

    /// <summary>Takes device memory.</summary>
    public ulong Allocate(long bytes)
    {
        ulong address;
        Check(_allocate(&address, (nuint)bytes), $"take {bytes:N0} bytes of device memory");
        return address;
    }

    /// <summary>Gives device memory back.</summary>
    public void Free(ulong address) => Check(_free(address), "give device memory back");

    /// <summary>Takes memory of the host that the device reads and writes by itself.</summary>
    public nint AllocatePinned(long bytes)
    {
        const uint DeviceMap = 2;
        void* address;
        Check(_allocatePinned(&address, (nuint)bytes, DeviceMap), $"take {bytes:N0} bytes of pinned memory");
        return (nint)address;
    }

    /// <summary>Where kernels find such memory.</summary>
    public ulong AddressOfPinned(nint address)
    {
        ulong place;
        Check(_addressOfPinned(&place, (void*)address, 0), "show pinned memory to the device");
        return place;
    }

    /// <summary>Gives such memory back.</summary>
    public void FreePinned(nint address) => Check(_freePinned((void*)address), "give pinned memory back");

    /// <summary>Queues a copy from the host.</summary>
    public void CopyToDevice(ulong target, void* source, long bytes, nint stream) => Check(_toDevice(target, source, (nuint)bytes, stream), "copy to the device");

    /// <summary>Queues a copy within the device.</summary>
    public void CopyOnDevice(ulong target, ulong source, long bytes, nint stream) => Check(_onDevice(target, source, (nuint)bytes, stream), "copy on the device");

    /// <summary>Queues zeros.</summary>
    public void Clear(ulong target, long bytes, nint stream) => Check(_fill(target, 0, (nuint)bytes, stream), "clear device memory");

    /// <summary>An order of work of its own, which does not wait for that of others.</summary>
    public nint CreateStream()
    {
        const uint NonBlocking = 1;
        nint stream;
        Check(_createStream(&stream, NonBlocking), "make a stream");
        return stream;
    }

    /// <summary>Waits until all that is queued is done.</summary>
    public void Synchronize(nint stream) => Check(_synchronize(stream), "finish");

    /// <summary>Gives a stream back.</summary>
    public void DestroyStream(nint stream) => Check(_destroyStream(stream), "give a stream back");

    /// <summary>Queues a kernel.</summary>
    public void Launch(nint function, int groups, int threads, in DriverArguments arguments, ReadOnlySpan<ulong> uniforms, nint stream)
    {
        fixed (DriverArguments* first = &arguments)
        {
            fixed (ulong* second = uniforms)
            {
                void** parameters = stackalloc void*[] { first, second };
                Check(_launch(function, (uint)groups, 1, 1, (uint)threads, 1, 1, 0, stream, parameters, null), "launch a kernel");
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Check(int code, string wanted, string detail = "")
    {
        if (code != 0)
        {
            Fail(code, wanted, detail);
        }
    }

    private void Fail(int code, string wanted, string detail)
    {
        byte* name = null;
        byte* text = null;
        _ = _errorName(code, &name);
        _ = _errorText(code, &text);
        throw new SquelchException($"The CUDA driver could not {wanted}: {Marshal.PtrToStringUTF8((nint)name) ?? "error"} {code}, {Marshal.PtrToStringUTF8((nint)text) ?? "of which it says nothing"}.{detail}");
    }
}
