using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace Squelch.GpuScoring;

/// <summary>
/// Finds the CUDA driver. ILGPU asks for <c>cuda</c>, for which .NET tries libcuda.so and not libcuda.so.1, all that most machines and containers have.
/// </summary>
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

    private static readonly Lazy<bool> s_registered = new(SetResolver);

    /// <summary>From here on ILGPU finds the driver, where there is one.</summary>
    public static void Register() => _ = s_registered.Value;

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

    private static bool SetResolver()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(CudaAccelerator).Assembly, static (string name, Assembly _, DllImportSearchPath? _) => Find(name, Places));
            return true;
        }
        catch (InvalidOperationException)
        {
            // The application has a resolver of its own for ILGPU: it knows better where its driver is.
            return false;
        }
    }
}
