using System.Globalization;

namespace Squelch.GpuScoring;

/// <summary>Whether victims are chosen on a GPU.</summary>
public enum GpuMode
{
    /// <summary>Never.</summary>
    Off,

    /// <summary>Where there is a device and measurement says that it is faster than the CPU plan.</summary>
    Auto,

    /// <summary>Always; without a device, setting up fails.</summary>
    Require,
}

/// <summary>Where a policy's kernels come from.</summary>
public enum GpuKernels
{
    /// <summary>ILGPU compiles them when a policy is first used: for every device, and all policies that have a kernel.</summary>
    RunTime,

    /// <summary>
    /// The policy compiler wrote them as PTX, which the NVIDIA driver loads: within milliseconds, and in programs that are compiled ahead of time, which have these alone.
    /// Scores with functions that devices round differently (Exp, Log, Pow) have none.
    /// </summary>
    BuildTime,
}

/// <summary>How a GPU is used; the settings are <c>Squelch:Gpu</c>, <c>Squelch:GpuDevice</c>, <c>Squelch:GpuMemory</c> and <c>Squelch:GpuKernels</c>.</summary>
public sealed record GpuOptions
{
    /// <summary>The name of ILGPU's simulator on the CPU, which is slow: for tests, and never picked unless named.</summary>
    public const string Simulator = "cpu";

    /// <summary>Whether to use a GPU.</summary>
    public GpuMode Mode { get; init; } = GpuMode.Auto;

    /// <summary>Where kernels come from.</summary>
    public GpuKernels Kernels { get; init; } = GpuKernels.RunTime;

    /// <summary>A device by its number among the GPUs, from 0, or by a part of its name; null for the first.</summary>
    public string? Device { get; init; }

    /// <summary>Most bytes of device memory that all caches together may take; 0 for no limit but the device's own.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Told when selections go back to the CPU, and why, once for each reason; null for <see cref="System.Diagnostics.Trace"/>.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The options of the environment: <c>Squelch__Gpu</c>, <c>Squelch__GpuDevice</c>, <c>Squelch__GpuMemory</c>, <c>Squelch__GpuKernels</c>.</summary>
    /// <inheritdoc cref="Read"/>
    public static GpuOptions FromEnvironment() => Read(key => Environment.GetEnvironmentVariable(key.Replace(":", "__", StringComparison.Ordinal)));

    /// <summary>The options of a configuration: <c>GpuOptions.Read(key => configuration[key])</c>.</summary>
    /// <param name="setting">Gives the value of a key, or null.</param>
    /// <exception cref="SquelchException">A value is none of those that are known.</exception>
    public static GpuOptions Read(Func<string, string?> setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        string? mode = setting("Squelch:Gpu");
        string? memory = setting("Squelch:GpuMemory");
        long bytes = 0;
        if (!string.IsNullOrWhiteSpace(memory) && !(long.TryParse(memory, NumberStyles.None, CultureInfo.InvariantCulture, out bytes) && bytes > 0))
        {
            throw new SquelchException($"Squelch:GpuMemory is '{memory}'; give a whole number of bytes above 0, or leave it out.");
        }

        string? device = setting("Squelch:GpuDevice");
        return new()
        {
            Mode = string.IsNullOrWhiteSpace(mode) ? GpuMode.Auto : ParseMode(mode, "Squelch:Gpu"),
            Device = string.IsNullOrWhiteSpace(device) ? null : device.Trim(),
            MemoryBytes = bytes,
            Kernels = setting("Squelch:GpuKernels")?.Trim().ToUpperInvariant() switch
            {
                null or "" or "RUNTIME" => GpuKernels.RunTime,
                "BUILDTIME" => GpuKernels.BuildTime,
                _ => throw new SquelchException($"Squelch:GpuKernels is '{setting("Squelch:GpuKernels")}'; it can be runtime or buildtime."),
            },
        };
    }

    /// <summary>The mode of that name, upper and lower case alike.</summary>
    /// <param name="text">off, auto or require.</param>
    /// <param name="setting">Where it was written, for the error.</param>
    /// <exception cref="SquelchException">It is none of the three.</exception>
    public static GpuMode ParseMode(string text, string setting) => text?.Trim().ToUpperInvariant() switch
    {
        "OFF" => GpuMode.Off,
        "AUTO" => GpuMode.Auto,
        "REQUIRE" => GpuMode.Require,
        _ => throw new SquelchException($"{setting} is '{text}'; it can be off, auto or require."),
    };
}
