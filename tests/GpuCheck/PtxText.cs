using System.Reflection;
using ILGPU;
using ILGPU.Backends.EntryPoints;
using ILGPU.Backends.PTX;
using ILGPU.Runtime.Cuda;

using Squelch.GpuScoring;

namespace Squelch.GpuCheck;

/// <summary>The PTX that ILGPU makes of a kernel; that takes no GPU.</summary>
internal static class PtxText
{
    private static readonly Lock s_gate = new();
    private static readonly Dictionary<OptimizationLevel, PTXBackend> s_backends = [];

    /// <summary>Writes each kernel of each policy into a file of its own, and what the driver's path loads into one more, for an assembler to read.</summary>
    /// <returns>How many files.</returns>
    public static int Write(string folder, RegisteredPolicy[] policies, OptimizationLevel level)
    {
        Directory.CreateDirectory(folder);
        int files = 0;
        MethodInfo[] kernels = [.. typeof(Scratch).Assembly.GetTypes()
            .Where(type => type.IsAbstract && type.IsSealed && (type.Name.EndsWith("Kernel", StringComparison.Ordinal) || type.Name.EndsWith("Kernels", StringComparison.Ordinal)))
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public))
            .Where(method => method.ReturnType == typeof(void))];
        foreach (RegisteredPolicy policy in policies)
        {
            IDeviceScored scored = Selector(policy);
            if (scored.Ptx is { } ptx)
            {
                File.WriteAllText(Path.Combine(folder, $"{policy.Descriptor.Name}.driver.ptx"), PtxModule.Of(ptx, scored.DeviceShape));
                files++;
            }

            Type formula = scored.Visit(new FormulaType());
            foreach (MethodInfo kernel in kernels)
            {
                string text = Of(kernel.IsGenericMethodDefinition ? kernel.MakeGenericMethod(formula) : kernel, level);
                File.WriteAllText(Path.Combine(folder, $"{policy.Descriptor.Name}.{kernel.Name}.ptx"), text);
                files++;
            }
        }

        return files;
    }

    /// <summary>A selector of the policy, over no nodes.</summary>
    public static IDeviceScored Selector(RegisteredPolicy policy)
        => (IDeviceScored)policy.CreateSelector([.. policy.Descriptor.Tunables.Select(tunable => tunable.Default)], new NodeTable(ModelShape.PaperHybrid), 0);

    private sealed class FormulaType : IDeviceScoredVisitor<Type>
    {
        public Type Visit<TFormula>(IDeviceScored<TFormula> selector)
            where TFormula : unmanaged, IDeviceFormula
            => typeof(TFormula);
    }

    /// <summary>A kernel that says itself where its threads stand.</summary>
    public static string Of(MethodInfo kernel, OptimizationLevel level = OptimizationLevel.O1)
    {
        lock (s_gate)
        {
            if (!s_backends.TryGetValue(level, out PTXBackend? backend))
            {
                Context context = Context.Create(builder => builder.Optimize(level));
                s_backends.Add(level, backend = new(context, new CudaCapabilityContext(CudaArchitecture.SM_80), CudaArchitecture.SM_80, CudaInstructionSet.ISA_75, null!));
            }

            return ((PTXCompiledKernel)backend.Compile(EntryPointDescription.FromExplicitlyGroupedKernel(kernel), default)).PTXAssembly;
        }
    }
}
