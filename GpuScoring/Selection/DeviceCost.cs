namespace Squelch.GpuScoring;

/// <summary>What a selection costs on a device: a fixed part and a part per row, measured once per device and formula.</summary>
internal class DeviceCost
{
    private const int Few = 1 << 10;

    private readonly double _fixed;
    private readonly double _perRow;

    /// <summary>Measures at two sizes.</summary>
    /// <param name="measure">Seconds of a selection over that many rows.</param>
    /// <param name="many">The greater size.</param>
    public DeviceCost(Func<int, double> measure, int many)
    {
        double few = measure(Few);
        _perRow = Math.Max(0, (measure(many) - few) / (many - Few));

        // A measure that was interrupted must not make a selection look as if it gave time back.
        _fixed = Math.Max(0, few - (_perRow * Few));
    }

    /// <summary>Seconds of a selection over that many rows.</summary>
    public double Seconds(int rows) => _fixed + (_perRow * rows);
}

/// <summary>The cost of one formula.</summary>
/// <typeparam name="TFormula">The formula.</typeparam>
internal sealed class DeviceCost<TFormula>(Func<int, double> measure, int many) : DeviceCost(measure, many)
    where TFormula : unmanaged, IDeviceFormula;
