using System.Reflection;
using System.Runtime.InteropServices;
using ILGPU.Runtime.Cuda;

namespace Squelch.GpuScoring;

/// <summary>Lets ILGPU find the CUDA driver. It asks for <c>cuda</c>, for which .NET tries libcuda.so and not libcuda.so.1, all that most machines and containers have.</summary>
internal static class CudaResolver
{
    private static readonly Lazy<bool> s_registered = new(SetResolver);

    /// <summary>From here on ILGPU finds the driver, where there is one.</summary>
    public static void Register() => _ = s_registered.Value;

    private static bool SetResolver()
    {
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(CudaAccelerator).Assembly, static (string name, Assembly _, DllImportSearchPath? _) => CudaLibrary.Find(name, CudaLibrary.Places));
            return true;
        }
        catch (InvalidOperationException)
        {
            // The application has a resolver of its own for ILGPU: it knows better where its driver is.
            return false;
        }
    }
}
