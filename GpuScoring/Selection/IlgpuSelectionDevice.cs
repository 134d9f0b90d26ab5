namespace Squelch.GpuScoring;

/// <summary>A device for which ILGPU compiles the kernels when they are first needed.</summary>
/// <param name="device">The device.</param>
internal sealed class IlgpuSelectionDevice(GpuDevice device) : SelectionDevice, IDeviceScoredVisitor<DeviceSelection>
{
    /// <summary>ILGPU's part of it.</summary>
    public GpuDevice Device => device;

    /// <inheritdoc/>
    public override string Name => device.Name;

    /// <inheritdoc/>
    public override DeviceSelection For(IDeviceScored selector, bool measured) => selector.Visit(this);

    /// <inheritdoc/>
    public DeviceSelection Visit<TFormula>(IDeviceScored<TFormula> selector)
        where TFormula : unmanaged, IDeviceFormula
        => new DeviceSelection<TFormula>(device, selector);

    /// <inheritdoc/>
    public override void Dispose() => device.Dispose();
}
