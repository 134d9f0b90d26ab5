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
        Scatter = accelerator.LoadKernel<DeviceTable, ArrayView<ulong>, int, int, int>(SelectionKernels.Scatter);
        Extremes = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(SelectionKernels.Extremes);
        Best = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(SelectionKernels.Best);
        BestOfMany = accelerator.LoadKernel<DeviceTable, Scratch, int, int, ArrayView<TFormula>>(SelectionKernels.BestOfMany);
        Keys = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(SelectionKernels.Keys);
        Count = accelerator.LoadKernel<Scratch, int>(SelectionKernels.Count);
        Threshold = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(SelectionKernels.Threshold);
        Within = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(SelectionKernels.Within);
        Divide = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(SelectionKernels.Divide);
    }

    /// <inheritdoc cref="SelectionKernels.Scatter"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, int, int, int> Scatter { get; }

    /// <inheritdoc cref="SelectionKernels.Extremes"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Extremes { get; }

    /// <inheritdoc cref="SelectionKernels.Best{TFormula}(DeviceTable, Scratch, int, int, TFormula)"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Best { get; }

    /// <inheritdoc cref="SelectionKernels.BestOfMany"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, ArrayView<TFormula>> BestOfMany { get; }

    /// <inheritdoc cref="SelectionKernels.Keys"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Keys { get; }

    /// <inheritdoc cref="SelectionKernels.Count"/>
    public Action<AcceleratorStream, KernelConfig, Scratch, int> Count { get; }

    /// <inheritdoc cref="SelectionKernels.Threshold"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Threshold { get; }

    /// <inheritdoc cref="SelectionKernels.Within"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Within { get; }

    /// <inheritdoc cref="SelectionKernels.Divide"/>
    public Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Divide { get; }
}
