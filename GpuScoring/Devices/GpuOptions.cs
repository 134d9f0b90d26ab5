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

/// <summary>How a GPU is used; the settings are <c>Squelch:Gpu</c>, <c>Squelch:GpuDevice</c> and <c>Squelch:GpuMemory</c>.</summary>
public sealed record GpuOptions
{
    /// <summary>The name of ILGPU's simulator on the CPU, which is slow: for tests, and never picked unless named.</summary>
    public const string Simulator = "cpu";

    /// <summary>Whether to use a GPU.</summary>
    public GpuMode Mode { get; init; } = GpuMode.Auto;

    /// <summary>A device by its number among the GPUs, from 0, or by a part of its name; null for the first.</summary>
    public string? Device { get; init; }

    /// <summary>Most bytes of device memory that all caches together may take; 0 for no limit but the device's own.</summary>
    public long MemoryBytes { get; init; }

    /// <summary>Told when selections go back to the CPU, and why, once for each reason; null for <see cref="System.Diagnostics.Trace"/>.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>The options of the environment: <c>Squelch__Gpu</c>, <c>Squelch__GpuDevice</c>, <c>Squelch__GpuMemory</c>.</summary>
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
