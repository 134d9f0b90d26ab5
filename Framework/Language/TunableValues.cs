namespace Squelch;

/// <summary>Tunables given by name, brought to descriptor order.</summary>
public static class TunableValues
{
    /// <summary>One value per tunable; the default where none is given.</summary>
    /// <exception cref="SquelchException">A name is unknown or a value is out of range.</exception>
    public static double[] Resolve(PolicyDescriptor descriptor, IReadOnlyDictionary<string, double> given)
    {
        double[] values = [.. descriptor.Tunables.Select(tunable => tunable.Default)];
        foreach ((string name, double value) in given)
        {
            int index = descriptor.TunableIndex(name);
            descriptor.Tunables[index].Check(descriptor.Name, value);
            values[index] = value;
        }

        return values;
    }
}
