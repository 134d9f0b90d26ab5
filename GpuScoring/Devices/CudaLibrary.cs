using System.Runtime.InteropServices;

namespace Squelch.GpuScoring;

/// <summary>Finds the CUDA driver.</summary>
internal static class CudaLibrary
{
    private const string Name = "cuda";

    /// <summary>What is tried, in this order, before .NET's own search.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        "libcuda.so.1",
        "/usr/local/nvidia/lib64/libcuda.so.1",
        "/usr/local/nvidia/lib/libcuda.so.1",
        "/usr/lib/x86_64-linux-gnu/libcuda.so.1",
        "/usr/lib/aarch64-linux-gnu/libcuda.so.1",
        "/usr/lib64/libcuda.so.1",
        "/usr/lib/wsl/lib/libcuda.so.1",
        "/run/opengl-driver/lib/libcuda.so.1",
    ];

    /// <summary>The library's handle, or 0 where .NET may search by itself.</summary>
    internal static nint Find(string name, IEnumerable<string> places)
    {
        if (name == Name && !OperatingSystem.IsWindows())
        {
            foreach (string place in places)
            {
                if (NativeLibrary.TryLoad(place, out nint handle))
                {
                    return handle;
                }
            }
        }

        return 0;
    }
}
