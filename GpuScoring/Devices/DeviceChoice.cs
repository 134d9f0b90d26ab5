using System.Globalization;

namespace Squelch.GpuScoring;

/// <summary>Which of the devices is used.</summary>
internal static class DeviceChoice
{
    /// <summary>The number of the device that is wanted.</summary>
    /// <param name="names">The names of the devices.</param>
    /// <param name="wanted">A number, or a part of a name; null for the first.</param>
    /// <exception cref="SquelchException">There is none; the message says what there is.</exception>
    public static int Of(string[] names, string? wanted)
    {
        if (names.Length == 0)
        {
            throw new SquelchException($"There is no GPU here that can be used{(wanted is null ? "" : $", so none '{wanted}'")} (an NVIDIA GPU with its driver is needed; the driver's library was looked for as {string.Join(", ", CudaLibrary.Places)}).");
        }

        int chosen = wanted is null ? 0
            : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index
            : Array.FindIndex(names, name => name.Contains(wanted, StringComparison.OrdinalIgnoreCase));
        return chosen >= 0 && chosen < names.Length
            ? chosen
            : throw new SquelchException($"There is no GPU '{wanted}'; there is {string.Join(", ", names.Select((name, number) => $"{number}: {name}"))}.");
    }
}
