using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The kernels of one formula, loaded on one device.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class SelectionKernelSet<TFormula>
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>Compiles and loads them.</summary>
    public SelectionKernelSet(GpuDevice device)
    {
        Accelerator accelerator = device.Accelerator;
        Scatter = accelerator.LoadKernel<DeviceTable, ArrayView<ulong>, int, int, int>(ScatterKernel.Scatter);
        Extremes = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(ExtremesKernel.Extremes);
        Best = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BestKernel.Best);
        Keys = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Keys);
        Count = accelerator.LoadKernel<Scratch, int>(RankKernels.Count);
        Threshold = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(BoundKernels.Threshold);
        Within = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BoundKernels.Within);
        Divide = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Divide);
    }

    /// <inheritdoc cref="ScatterKernel.Scatter"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, int, int, int> Scatter { get; }

    /// <inheritdoc cref="ExtremesKernel.Extremes"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Extremes { get; }

    /// <inheritdoc cref="BestKernel.Best"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Best { get; }

    /// <inheritdoc cref="RankKernels.Keys"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Keys { get; }

    /// <inheritdoc cref="RankKernels.Count"/>
    public Action<AcceleratorStream, KernelConfig, Scratch, int> Count { get; }

    /// <inheritdoc cref="BoundKernels.Threshold"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Threshold { get; }

    /// <inheritdoc cref="BoundKernels.Within"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Within { get; }

    /// <inheritdoc cref="RankKernels.Divide"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Divide { get; }
}
