using System.Globalization;

namespace HybridChat;

/// <summary>Joules that the processor packages have used since the start, from Linux's powercap; nothing where the machine does not tell.</summary>
internal sealed class EnergyMeter
{
    private readonly (string Folder, double Start)[] _packages;

    private EnergyMeter((string Folder, double Start)[] packages) => _packages = packages;

    /// <summary>So far; null where the machine does not tell.</summary>
    public double? Joules
    {
        get
        {
            double sum = 0;
            foreach ((string folder, double start) in _packages)
            {
                if (Read(folder, "energy_uj") is not { } now)
                {
                    return null;
                }

                // The counter begins again at its end.
                sum += now >= start ? now - start : now - start + (Read(folder, "max_energy_range_uj") ?? 0);
            }

            return _packages.Length == 0 ? null : sum / 1e6;
        }
    }

    public static EnergyMeter Start()
    {
        const string Folder = "/sys/class/powercap";
        string[] packages = Directory.Exists(Folder) ? Directory.GetDirectories(Folder, "intel-rapl:?") : [];
        return new([.. packages.Where(package => Read(package, "energy_uj") is not null).Select(package => (package, Read(package, "energy_uj")!.Value))]);
    }


    private static double? Read(string folder, string file)
    {
        try
        {
            return double.Parse(File.ReadAllText(Path.Combine(folder, file)), CultureInfo.InvariantCulture);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }
}
