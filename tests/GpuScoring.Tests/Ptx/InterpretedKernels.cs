using System.Collections.Concurrent;
using System.Reflection;
using ILGPU;
using ILGPU.Runtime;
using Squelch.GpuCheck;

namespace Squelch.GpuScoring.Tests.Ptx;

/// <summary>Makes a device of ILGPU's simulator run the PTX of a formula's kernels, over the simulator's memory.</summary>
/// <param name="device">The simulator.</param>
/// <param name="threads">Threads per group, a power of two.</param>
/// <param name="seed">Of the order in which threads run.</param>
/// <param name="level">How much ILGPU optimises.</param>
internal sealed class InterpretedKernels(GpuDevice device, int threads, int seed, OptimizationLevel level) : IDeviceScoredVisitor<bool>
{
    private static readonly ConcurrentDictionary<(MethodInfo Method, OptimizationLevel Level), PtxKernel> s_kernels = new();
    private readonly PtxMachine _machine = new(seed);

    /// <summary>Instructions run so far.</summary>
    public long Instructions => _machine.Instructions;

    /// <summary>Bytes of the device's memory that kernels read so far.</summary>
    public long BytesRead => _machine.BytesRead;

    /// <summary>A simulator that runs PTX for all selectors that come to it.</summary>
    public static Func<IVictimSelector, IVictimSelector> Accelerate(GpuScorer gpu, int threads, int seed, out InterpretedKernels kernels, OptimizationLevel level = OptimizationLevel.O1)
    {
        var interpreted = new InterpretedKernels(gpu.Device!, threads, seed, level);
        kernels = interpreted;
        return selector =>
        {
            ((IDeviceScored)selector).Visit(interpreted);
            return gpu.Accelerate(selector);
        };
    }

    /// <inheritdoc/>
    public bool Visit<TFormula>(IDeviceScored<TFormula> selector)
        where TFormula : unmanaged, IDeviceFormula
    {
        device.Kernels(_ => new SelectionKernelSet<TFormula>
        {
            Scatter = (stream, grid, table, changes, blocks, count, columns, single) => Run(stream, grid, Method(typeof(ScatterKernel), "Scatter"), table, changes, blocks, count, columns, single),
            Extremes = (stream, grid, table, scratch, terms, formula) => Run(stream, grid, Method<TFormula>(typeof(ExtremesKernel), "Extremes"), table, scratch, terms, formula),
            Best = (stream, grid, table, scratch, terms, orders, formula) => Run(stream, grid, Method<TFormula>(typeof(BestKernel), "Best"), table, scratch, terms, orders, formula),
            Keys = (stream, grid, table, scratch, terms, wanted, formula) => Run(stream, grid, Method<TFormula>(typeof(RankKernels), "Keys"), table, scratch, terms, wanted, formula),
            Count = (stream, grid, scratch, room) => Run(stream, grid, Method(typeof(RankKernels), "Count"), scratch, room),
            Threshold = (stream, grid, scratch, terms) => Run(stream, grid, Method(typeof(BoundKernels), "Threshold"), scratch, terms),
            Within = (stream, grid, table, scratch, terms, room, formula) => Run(stream, grid, Method<TFormula>(typeof(BoundKernels), "Within"), table, scratch, terms, room, formula),
            Below = (stream, grid, table, blocks, scratch, terms, wanted, room, limit, formula) => Run(stream, grid, Method<TFormula>(typeof(GuessKernel), "Below"), table, blocks, scratch, terms, wanted, room, limit, formula),
            Renew = (stream, grid, table, blocks, scratch, columns, single, terms, formula) => Run(stream, grid, Method<TFormula>(typeof(SummaryKernels), "Renew"), table, blocks, scratch, columns, single, terms, formula),
            Bound = (stream, grid, table, blocks, scratch, terms, formula) => Run(stream, grid, Method<TFormula>(typeof(SummaryKernels), "Bound"), table, blocks, scratch, terms, formula),
            BestOfBlocks = (stream, grid, table, blocks, scratch, terms, orders, formula) => Run(stream, grid, Method<TFormula>(typeof(BestKernel), "BestOfBlocks"), table, blocks, scratch, terms, orders, formula),
            Divide = (stream, grid, table, scratch, terms, orders, formula) => Run(stream, grid, Method<TFormula>(typeof(RankKernels), "Divide"), table, scratch, terms, orders, formula),
        });
        return true;
    }

    private static MethodInfo Method(Type type, string name) => type.GetMethod(name)!;

    private static MethodInfo Method<TFormula>(Type type, string name) => Method(type, name).MakeGenericMethod(typeof(TFormula));

    private void Run(AcceleratorStream stream, KernelConfig grid, MethodInfo method, params object[] arguments)
    {
        stream.Synchronize();
        _machine.Launch(s_kernels.GetOrAdd((method, level), static key => PtxKernel.Parse(PtxText.Of(key.Method, key.Level))), grid.GridDim.X, threads, arguments);
    }
}
