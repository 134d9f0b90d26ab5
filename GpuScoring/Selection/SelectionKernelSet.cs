using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The kernels of one formula, loaded on one device.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class SelectionKernelSet<TFormula>
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>Compiles and loads them.</summary>
    public static SelectionKernelSet<TFormula> Load(GpuDevice device)
    {
        Accelerator accelerator = device.Accelerator;
        return new()
        {
            Scatter = accelerator.LoadKernel<DeviceTable, ArrayView<ulong>, int, int, int>(ScatterKernel.Scatter),
            Extremes = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(ExtremesKernel.Extremes),
            Best = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BestKernel.Best),
            Keys = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Keys),
            Count = accelerator.LoadKernel<Scratch, int>(RankKernels.Count),
            Threshold = accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(BoundKernels.Threshold),
            Within = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BoundKernels.Within),
            Divide = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Divide),
        };
    }

    /// <inheritdoc cref="ScatterKernel.Scatter"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, int, int, int> Scatter { get; init; }

    /// <inheritdoc cref="ExtremesKernel.Extremes"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Extremes { get; init; }

    /// <inheritdoc cref="BestKernel.Best"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Best { get; init; }

    /// <inheritdoc cref="RankKernels.Keys"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Keys { get; init; }

    /// <inheritdoc cref="RankKernels.Count"/>
    public required Action<AcceleratorStream, KernelConfig, Scratch, int> Count { get; init; }

    /// <inheritdoc cref="BoundKernels.Threshold"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula> Threshold { get; init; }

    /// <inheritdoc cref="BoundKernels.Within"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Within { get; init; }

    /// <inheritdoc cref="RankKernels.Divide"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Divide { get; init; }
}
