using ILGPU;
using ILGPU.Runtime;

namespace Squelch.GpuScoring;

/// <summary>The kernels of one formula, loaded on one device.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class SelectionKernelSet<TFormula>
    where TFormula : unmanaged, IDeviceFormula
{
    /// <summary>Compiles and loads them.</summary>
    /// <remarks>Those that the formula does not need are null.</remarks>
    public static SelectionKernelSet<TFormula> Load(GpuDevice device, DeviceShape shape)
    {
        Accelerator accelerator = device.Accelerator;
        return new()
        {
            Scatter = accelerator.LoadKernel<DeviceTable, ArrayView<ulong>, ArrayView<int>, int, int, int>(ScatterKernel.Scatter),
            Extremes = shape.ScaledTerms.IsEmpty ? null : accelerator.LoadKernel<DeviceTable, Scratch, int, TFormula>(ExtremesKernel.Extremes),
            Best = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BestKernel.Best),
            Keys = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Keys),
            Count = accelerator.LoadKernel<Scratch, int>(RankKernels.Count),
            Threshold = !shape.Bounded ? null : accelerator.LoadKernel<Scratch, int>(BoundKernels.Threshold),
            Within = !shape.Bounded ? null : accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(BoundKernels.Within),
            Divide = accelerator.LoadKernel<DeviceTable, Scratch, int, int, TFormula>(RankKernels.Divide),
            Below = accelerator.LoadKernel<DeviceTable, Summaries, Scratch, int, int, int, ulong, TFormula>(GuessKernel.Below),
            Renew = !shape.Summarized ? null : accelerator.LoadKernel<DeviceTable, Summaries, Scratch, int, int, int, TFormula>(SummaryKernels.Renew),
            Bound = !shape.Summarized ? null : accelerator.LoadKernel<DeviceTable, Summaries, Scratch, int, TFormula>(SummaryKernels.Bound),
            BestOfBlocks = !shape.Summarized ? null : accelerator.LoadKernel<DeviceTable, Summaries, Scratch, int, int, TFormula>(BestKernel.BestOfBlocks),
        };
    }

    /// <inheritdoc cref="ScatterKernel.Scatter"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, ArrayView<ulong>, ArrayView<int>, int, int, int> Scatter { get; init; }

    /// <inheritdoc cref="ExtremesKernel.Extremes"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, TFormula>? Extremes { get; init; }

    /// <inheritdoc cref="BestKernel.Best"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Best { get; init; }

    /// <inheritdoc cref="RankKernels.Keys"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Keys { get; init; }

    /// <inheritdoc cref="RankKernels.Count"/>
    public required Action<AcceleratorStream, KernelConfig, Scratch, int> Count { get; init; }

    /// <inheritdoc cref="BoundKernels.Threshold"/>
    public required Action<AcceleratorStream, KernelConfig, Scratch, int>? Threshold { get; init; }

    /// <inheritdoc cref="BoundKernels.Within"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula>? Within { get; init; }

    /// <inheritdoc cref="RankKernels.Divide"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Scratch, int, int, TFormula> Divide { get; init; }

    /// <inheritdoc cref="GuessKernel.Below"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Summaries, Scratch, int, int, int, ulong, TFormula> Below { get; init; }

    /// <inheritdoc cref="SummaryKernels.Renew"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Summaries, Scratch, int, int, int, TFormula>? Renew { get; init; }

    /// <inheritdoc cref="SummaryKernels.Bound"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Summaries, Scratch, int, TFormula>? Bound { get; init; }

    /// <inheritdoc cref="BestKernel.BestOfBlocks"/>
    public required Action<AcceleratorStream, KernelConfig, DeviceTable, Summaries, Scratch, int, int, TFormula>? BestOfBlocks { get; init; }
}
