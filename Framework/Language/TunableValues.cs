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
            int index = -1;
            for (int i = 0; i < values.Length; i++)
            {
                if (string.Equals(descriptor.Tunables[i].Name, name, StringComparison.OrdinalIgnoreCase))
                {
                    index = i;
                }
            }

            if (index < 0)
            {
                string? nearest = NearestName.Find(name, descriptor.Tunables.Select(tunable => tunable.Name));
                throw new SquelchException(
                    $"{descriptor.Name} has no tunable '{name}'" +
                    (values.Length == 0 ? "; it has none." : nearest is null ? $"; it has {string.Join(", ", descriptor.Tunables.Select(t => t.Name))}." : $"; did you mean '{nearest}'?"));
            }

            TunableDescriptor tunable = descriptor.Tunables[index];
            if (!(value >= tunable.Minimum && value <= tunable.Maximum))
            {
                throw new SquelchException($"{descriptor.Name}.{tunable.Name} = {value} is out of range; give a number from {tunable.Minimum} to {tunable.Maximum}.");
            }

            values[index] = value;
        }

        return values;
    }
}
