using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Squelch.GpuScoring.Tests.Ptx;

namespace Squelch.GpuScoring.Tests.Driver;

/// <summary>
/// A CUDA driver whose device is the interpreter. It is as slow to act as a real one may be: what is queued runs when somebody waits for it, so memory that is used again
/// too early shows. Memory is handed out full of chance, and what is not given back is counted.
/// </summary>
internal sealed unsafe class FakeCuda
{
    private const int InvalidValue = 1;
    private const int OutOfMemory = 2;
    private const int InvalidContext = 201;
    private const int InvalidPtx = 218;
    private const int NotFound = 500;
    private const uint DeviceMap = 2;
    private const nint Context = 77;
    private static FakeCuda s_current = new(1);

    [ThreadStatic]
    private static int s_depth;

    private readonly PtxMachine _machine;
    private readonly Random _random;
    private readonly List<(ulong Start, ulong Bytes)> _device = [];
    private readonly Dictionary<nint, nuint> _pinned = [];
    private readonly HashSet<nint> _mapped = [];
    private readonly Dictionary<nint, List<Action>> _streams = [];
    private readonly Dictionary<nint, Dictionary<string, PtxKernel>> _modules = [];
    private readonly Dictionary<nint, PtxKernel> _functions = [];
    private readonly Dictionary<string, int> _calls = [];
    private readonly Lock _gate = new();
    private int _contexts;
    private nint _handles = 1000;

    private FakeCuda(int seed)
    {
        _machine = new(seed);
        _random = new(seed);
    }

    /// <summary>Fails one call with a code: which call of that function, from 1, and whether all later ones too.</summary>
    public (string Function, int Time, int Code, bool Always)? Fault { get; set; }

    /// <summary>Bytes of device memory that there are.</summary>
    public ulong Bytes { get; set; } = 1 << 28;

    /// <summary>Functions that this driver does not have.</summary>
    public string Missing { get; set; } = "";

    /// <summary>How much has not been given back: memory, streams, modules, contexts.</summary>
    public int Held => _device.Count + _pinned.Count + _streams.Count + _modules.Count + _contexts;

    /// <summary>Bytes that kernels read so far.</summary>
    public long BytesRead => _machine.BytesRead;

    /// <summary>Loads of device memory so far.</summary>
    public long Loads => _machine.Loads;

    /// <summary>Contexts that this thread has entered and not left.</summary>
    public static int Depth => s_depth;

    /// <summary>Calls of a function so far.</summary>
    public int Calls(string function) => _calls.GetValueOrDefault(function);

    /// <summary>A driver of its own; the one before it is forgotten, so who uses it belongs to <see cref="FakeCudaGroup"/>.</summary>
    public static FakeCuda Start(int seed = 1) => s_current = new(seed);

    /// <summary>A scorer on it.</summary>
    public GpuScorer Open(GpuMode mode = GpuMode.Require, int threads = 8, Action<string>? onWarning = null, long memoryBytes = 0, string? device = null, int leastSummarizedRows = int.MaxValue)
        => GpuScorer.Open(
            new() { Mode = mode, MemoryBytes = memoryBytes, Device = device, OnWarning = onWarning ?? (warning => Xunit.Assert.Fail(warning)) },
            options =>
            {
                var opened = DriverDevice.Open(options, new CudaDriver(Export), threads, measured: 1 << 11);
                opened.LeastSummarizedRows = leastSummarizedRows;
                return opened;
            });

    /// <summary>The address of one of its functions.</summary>
    public nint Export(string name) => name == Missing ? throw new SquelchException($"The CUDA driver has no {name}: it is too old. Update it.") : name switch
    {
        "cuInit" => (nint)(delegate* unmanaged<uint, int>)&Init,
        "cuGetErrorName" => (nint)(delegate* unmanaged<int, byte**, int>)&ErrorName,
        "cuGetErrorString" => (nint)(delegate* unmanaged<int, byte**, int>)&ErrorText,
        "cuDeviceGetCount" => (nint)(delegate* unmanaged<int*, int>)&DeviceCount,
        "cuDeviceGet" => (nint)(delegate* unmanaged<int*, int, int>)&Device,
        "cuDeviceGetName" => (nint)(delegate* unmanaged<byte*, int, int, int>)&DeviceName,
        "cuDeviceGetAttribute" => (nint)(delegate* unmanaged<int*, int, int, int>)&Attribute,
        "cuDevicePrimaryCtxRetain" => (nint)(delegate* unmanaged<nint*, int, int>)&RetainContext,
        "cuDevicePrimaryCtxRelease_v2" => (nint)(delegate* unmanaged<int, int>)&ReleaseContext,
        "cuCtxPushCurrent_v2" => (nint)(delegate* unmanaged<nint, int>)&PushContext,
        "cuCtxPopCurrent_v2" => (nint)(delegate* unmanaged<nint*, int>)&PopContext,
        "cuModuleLoadDataEx" => (nint)(delegate* unmanaged<nint*, byte*, uint, int*, void**, int>)&LoadModule,
        "cuModuleUnload" => (nint)(delegate* unmanaged<nint, int>)&UnloadModule,
        "cuModuleGetFunction" => (nint)(delegate* unmanaged<nint*, nint, byte*, int>)&Function,
        "cuMemAlloc_v2" => (nint)(delegate* unmanaged<ulong*, nuint, int>)&Allocate,
        "cuMemFree_v2" => (nint)(delegate* unmanaged<ulong, int>)&Free,
        "cuMemHostAlloc" => (nint)(delegate* unmanaged<void**, nuint, uint, int>)&AllocatePinned,
        "cuMemHostGetDevicePointer_v2" => (nint)(delegate* unmanaged<ulong*, void*, uint, int>)&AddressOfPinned,
        "cuMemFreeHost" => (nint)(delegate* unmanaged<void*, int>)&FreePinned,
        "cuMemcpyHtoDAsync_v2" => (nint)(delegate* unmanaged<ulong, void*, nuint, nint, int>)&ToDevice,
        "cuMemcpyDtoDAsync_v2" => (nint)(delegate* unmanaged<ulong, ulong, nuint, nint, int>)&OnDevice,
        "cuMemsetD8Async" => (nint)(delegate* unmanaged<ulong, byte, nuint, nint, int>)&Fill,
        "cuStreamCreate" => (nint)(delegate* unmanaged<nint*, uint, int>)&CreateStream,
        "cuStreamSynchronize" => (nint)(delegate* unmanaged<nint, int>)&Synchronize,
        "cuStreamDestroy_v2" => (nint)(delegate* unmanaged<nint, int>)&DestroyStream,
        "cuLaunchKernel" => (nint)(delegate* unmanaged<nint, uint, uint, uint, uint, uint, uint, uint, nint, void**, void**, int>)&Launch,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "The fake driver has no such function."),
    };

    /// <summary>A call: the fault that is asked for, else the action.</summary>
    private static int Call(string function, Func<FakeCuda, int> action, bool inContext = true)
    {
        FakeCuda cuda = s_current;
        lock (cuda._gate)
        {
            int time = cuda._calls[function] = cuda._calls.GetValueOrDefault(function) + 1;
            if (cuda.Fault is { } fault && fault.Function == function && (time == fault.Time || (fault.Always && time > fault.Time)))
            {
                return fault.Code;
            }

            return inContext && s_depth == 0 ? InvalidContext : action(cuda);
        }
    }

    private bool IsOnDevice(ulong address, ulong bytes) => _device.Any(block => address >= block.Start && address + bytes <= block.Start + block.Bytes);

    private bool IsPinned(void* address, nuint bytes) => _pinned.Any(block => (nint)address >= block.Key && (nint)address + (nint)bytes <= block.Key + (nint)block.Value);

    /// <summary>What kernels may touch: the device's memory, and the host's by addresses of its own.</summary>
    private List<(ulong Start, ulong Bytes)> Visible() => [.. _device, .. _mapped.Select(block => ((ulong)block | PtxMachine.OfHost, (ulong)_pinned[block]))];

    private int Queue(nint stream, Action action)
    {
        if (!_streams.TryGetValue(stream, out List<Action>? queue))
        {
            return InvalidValue;
        }

        queue.Add(action);
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Init(uint flags) => Call("cuInit", _ => 0, inContext: false);

    [UnmanagedCallersOnly]
    private static int ErrorName(int code, byte** name)
    {
        fixed (byte* text = code == InvalidPtx ? "CUDA_ERROR_INVALID_PTX\0"u8 : code == OutOfMemory ? "CUDA_ERROR_OUT_OF_MEMORY\0"u8 : "CUDA_ERROR_UNKNOWN\0"u8)
        {
            *name = text;
        }

        return 0;
    }

    [UnmanagedCallersOnly]
    private static int ErrorText(int code, byte** name)
    {
        fixed (byte* text = "a fault that was asked for\0"u8)
        {
            *name = text;
        }

        return 0;
    }

    [UnmanagedCallersOnly]
    private static int DeviceCount(int* count)
    {
        *count = 2;
        return Call("cuDeviceGetCount", _ => 0, inContext: false);
    }

    [UnmanagedCallersOnly]
    private static int Device(int* device, int index)
    {
        *device = index;
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int DeviceName(byte* name, int length, int device)
    {
        Encoding.UTF8.GetBytes($"Fake GPU {device}\0").CopyTo(new Span<byte>(name, length));
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int Attribute(int* value, int attribute, int device)
    {
        *value = 2;
        return attribute == 16 ? 0 : InvalidValue;
    }

    [UnmanagedCallersOnly]
    private static int RetainContext(nint* context, int device)
    {
        *context = Context;
        return Call("cuDevicePrimaryCtxRetain", cuda => ++cuda._contexts * 0, inContext: false);
    }

    [UnmanagedCallersOnly]
    private static int ReleaseContext(int device) => Call("cuDevicePrimaryCtxRelease_v2", cuda => --cuda._contexts * 0, inContext: false);

    [UnmanagedCallersOnly]
    private static int PushContext(nint context) => Call("cuCtxPushCurrent_v2", cuda => context == Context && cuda._contexts > 0 ? ++s_depth * 0 : InvalidValue, inContext: false);

    [UnmanagedCallersOnly]
    private static int PopContext(nint* context)
    {
        *context = Context;
        return Call("cuCtxPopCurrent_v2", _ => --s_depth * 0);
    }

    [UnmanagedCallersOnly]
    private static int LoadModule(nint* module, byte* text, uint count, int* options, void** values)
    {
        nint handle = 0;
        int code = Call("cuModuleLoadDataEx", cuda =>
        {
            try
            {
                cuda._modules.Add(handle = ++cuda._handles, PtxKernel.ParseModule(Marshal.PtrToStringUTF8((nint)text)!));
                return 0;
            }
            catch (FormatException exception)
            {
                Encoding.ASCII.GetBytes(exception.Message + "\0").CopyTo(new Span<byte>(values[0], (int)(nint)values[1]));
                return InvalidPtx;
            }
        });
        *module = handle;
        return code;
    }

    [UnmanagedCallersOnly]
    private static int UnloadModule(nint module) => Call("cuModuleUnload", cuda => cuda._modules.Remove(module) ? 0 : InvalidValue);

    [UnmanagedCallersOnly]
    private static int Function(nint* function, nint module, byte* name)
    {
        nint handle = 0;
        int code = Call("cuModuleGetFunction", cuda =>
        {
            if (!cuda._modules[module].TryGetValue(Marshal.PtrToStringUTF8((nint)name)!, out PtxKernel? kernel))
            {
                return NotFound;
            }

            cuda._functions.Add(handle = ++cuda._handles, kernel);
            return 0;
        });
        *function = handle;
        return code;
    }

    [UnmanagedCallersOnly]
    private static int Allocate(ulong* address, nuint bytes)
    {
        ulong block = 0;
        int code = Call("cuMemAlloc_v2", cuda =>
        {
            if (bytes == 0 || (ulong)cuda._device.Sum(held => (long)held.Bytes) + bytes > cuda.Bytes)
            {
                return bytes == 0 ? InvalidValue : OutOfMemory;
            }

            void* memory = NativeMemory.AlignedAlloc(bytes, 256);
            cuda._random.NextBytes(new Span<byte>(memory, (int)bytes));
            cuda._device.Add((block = (ulong)memory, bytes));
            return 0;
        });
        *address = block;
        return code;
    }

    [UnmanagedCallersOnly]
    private static int Free(ulong address) => Call("cuMemFree_v2", cuda =>
    {
        // The real one waits for what is queued, too.
        foreach (nint stream in cuda._streams.Keys)
        {
            cuda.Run(stream);
        }

        int index = cuda._device.FindIndex(block => block.Start == address);
        if (index < 0)
        {
            return InvalidValue;
        }

        cuda._device.RemoveAt(index);
        NativeMemory.AlignedFree((void*)address);
        return 0;
    });

    [UnmanagedCallersOnly]
    private static int AllocatePinned(void** address, nuint bytes, uint flags)
    {
        void* block = null;
        int code = Call("cuMemHostAlloc", cuda =>
        {
            block = NativeMemory.AlignedAlloc(bytes, 256);
            cuda._random.NextBytes(new Span<byte>(block, (int)bytes));
            cuda._pinned.Add((nint)block, bytes);
            if ((flags & DeviceMap) != 0)
            {
                cuda._mapped.Add((nint)block);
            }

            return 0;
        });
        *address = block;
        return code;
    }

    [UnmanagedCallersOnly]
    private static int AddressOfPinned(ulong* place, void* address, uint flags)
    {
        *place = (ulong)address | PtxMachine.OfHost;
        return Call("cuMemHostGetDevicePointer_v2", cuda => flags == 0 && cuda._mapped.Contains((nint)address) ? 0 : InvalidValue);
    }

    [UnmanagedCallersOnly]
    private static int FreePinned(void* address) => Call("cuMemFreeHost", cuda =>
    {
        cuda._mapped.Remove((nint)address);
        NativeMemory.AlignedFree(address);
        return cuda._pinned.Remove((nint)address) ? 0 : InvalidValue;
    });

    [UnmanagedCallersOnly]
    private static int ToDevice(ulong target, void* source, nuint bytes, nint stream) => Call("cuMemcpyHtoDAsync_v2", cuda
        => !cuda.IsOnDevice(target, bytes) ? InvalidValue
            : cuda.IsPinned(source, bytes) ? cuda.Queue(stream, () => Unsafe.CopyBlock((void*)target, source, (uint)bytes))
            : cuda.QueueOfPageable(target, new ReadOnlySpan<byte>(source, (int)bytes).ToArray(), stream));

    /// <summary>What the device cannot read by itself is taken when the copy is queued.</summary>
    private int QueueOfPageable(ulong target, byte[] bytes, nint stream) => Queue(stream, () => bytes.CopyTo(new Span<byte>((void*)target, bytes.Length)));

    [UnmanagedCallersOnly]
    private static int OnDevice(ulong target, ulong source, nuint bytes, nint stream) => Call("cuMemcpyDtoDAsync_v2", cuda
        => !cuda.IsOnDevice(target, bytes) || !cuda.IsOnDevice(source, bytes) ? InvalidValue : cuda.Queue(stream, () => Unsafe.CopyBlock((void*)target, (void*)source, (uint)bytes)));

    [UnmanagedCallersOnly]
    private static int Fill(ulong target, byte value, nuint bytes, nint stream) => Call("cuMemsetD8Async", cuda
        => !cuda.IsOnDevice(target, bytes) ? InvalidValue : cuda.Queue(stream, () => new Span<byte>((void*)target, (int)bytes).Fill(value)));

    [UnmanagedCallersOnly]
    private static int CreateStream(nint* stream, uint flags)
    {
        nint handle = 0;
        int code = Call("cuStreamCreate", cuda =>
        {
            cuda._streams.Add(handle = ++cuda._handles, []);
            return 0;
        });
        *stream = handle;
        return code;
    }

    [UnmanagedCallersOnly]
    private static int Synchronize(nint stream) => Call("cuStreamSynchronize", cuda => cuda._streams.ContainsKey(stream) ? cuda.Run(stream) : InvalidValue);

    private int Run(nint stream)
    {
        List<Action> queue = _streams[stream];
        foreach (Action action in queue)
        {
            action();
        }

        queue.Clear();
        return 0;
    }

    [UnmanagedCallersOnly]
    private static int DestroyStream(nint stream) => Call("cuStreamDestroy_v2", cuda => cuda._streams.Remove(stream) ? 0 : InvalidValue);

    [UnmanagedCallersOnly]
    private static int Launch(nint function, uint groups, uint groupsY, uint groupsZ, uint threads, uint threadsY, uint threadsZ, uint shared, nint stream, void** parameters, void** extra) => Call("cuLaunchKernel", cuda =>
    {
        if (!cuda._functions.TryGetValue(function, out PtxKernel? kernel) || groups == 0 || groupsY != 1 || groupsZ != 1 || threadsY != 1 || threadsZ != 1 || shared != 0 || extra is not null)
        {
            return InvalidValue;
        }

        // Parameters are taken when a launch is queued.
        var bytes = new byte[kernel.ParameterBytes];
        for (int index = 0; index < kernel.Parameters.Count; index++)
        {
            (int place, int length) = kernel.Parameters[index];
            new ReadOnlySpan<byte>(parameters[index], length).CopyTo(bytes.AsSpan(place));
        }

        return cuda.Queue(stream, () => cuda._machine.Launch(kernel, (int)groups, (int)threads, bytes, cuda.Visible()));
    });
}

/// <summary>Tests with a fake driver take turns.</summary>
[Xunit.CollectionDefinition(Name, DisableParallelization = true)]
public sealed class FakeCudaGroup
{
    internal const string Name = "fake driver";
}
