namespace Squelch.GpuScoring;

/// <summary>A device that selections run on, however its kernels come to it.</summary>
internal abstract class SelectionDevice : IDisposable
{
    /// <summary>The device's name.</summary>
    public abstract string Name { get; }

    /// <summary>Loads the kernels of a policy and makes room for one tree; null where the policy has none for this device.</summary>
    /// <param name="selector">The policy's selector.</param>
    /// <param name="measured">What a selection costs will be asked for.</param>
    public abstract DeviceSelection? For(IDeviceScored selector, bool measured);

    /// <summary>Waits for selections that run, then gives everything back. Selectors on the device go on with their CPU plans.</summary>
    public abstract void Dispose();
}
