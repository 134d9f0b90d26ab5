namespace Squelch.Native;

/// <summary>Whether options ask for a device that chooses victims.</summary>
internal static class DeviceChoice
{
    /// <summary>The device, or null where the policy chooses by itself.</summary>
    public static VictimDevice? Of(OptionFields options) => options.Text("device") switch
    {
        null or "off" => null,
        "auto" => new(required: false),
        "require" => new(required: true),
        { } other => throw Fault.Unknown($"There is no device '{other}'. Write \"off\", \"auto\" or \"require\"; which GPU it is says the environment variable Squelch__GpuDevice."),
    };
}
