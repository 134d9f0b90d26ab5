using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>The PTX that ILGPU makes of a kernel; that takes no GPU.</summary>
internal static class PtxText
{
    private static readonly Lock s_gate = new();
    private static readonly Context s_context = Context.Create(_ => { });
    private static readonly PTXBackend s_backend = new(s_context, new CudaCapabilityContext(CudaArchitecture.SM_80), CudaArchitecture.SM_80, CudaInstructionSet.ISA_75, null!);

    /// <summary>A kernel that says itself where its threads stand.</summary>
    public static string Of(MethodInfo kernel)
    {
        lock (s_gate)
        {
            return ((PTXCompiledKernel)s_backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default)).PTXAssembly;
        }
    }
}
