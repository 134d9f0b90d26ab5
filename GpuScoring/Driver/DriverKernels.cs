namespace Squelch.GpuScoring;

/// <summary>The kernels of one policy, loaded on one device.</summary>
/// <param name="Module">The driver's handle of all.</param>
/// <param name="Scatter">Brings columns up to date.</param>
/// <param name="Extremes">The extremes of scaled terms.</param>
/// <param name="Best">One victim.</param>
/// <param name="Count">A step towards the limits of several.</param>
/// <param name="Below">The rows within the limits.</param>
/// <param name="Renew">Brings what is known of blocks up to date; 0 where the policy has no bounds.</param>
/// <param name="Bounds">The key that no row of a block is below; 0 as before.</param>
internal sealed record DriverKernels(nint Module, nint Scatter, nint Extremes, nint Best, nint Count, nint Below, nint Renew, nint Bounds)
{
    /// <summary>What a selection costs, once somebody has asked.</summary>
    public DeviceCost? Cost { get; set; }

    /// <summary>Has the driver translate and load them.</summary>
    public static DriverKernels Load(CudaDriver driver, DevicePtx formula, DeviceShape shape)
    {
        nint module = driver.LoadModule(PtxModule.Of(formula, shape));
        try
        {
            return new(
                module,
                driver.Function(module, "scatter"),
                driver.Function(module, "extremes"),
                driver.Function(module, "best"),
                driver.Function(module, "count"),
                driver.Function(module, "below"),
                formula.Bound is null ? 0 : driver.Function(module, "renew"),
                formula.Bound is null ? 0 : driver.Function(module, "bounds"));
        }
        catch
        {
            driver.UnloadModule(module);
            throw;
        }
    }
}
