namespace Squelch.Native;

/// <summary>The policy that options name, and its tunables.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Tunables">One value per tunable, in descriptor order.</param>
internal readonly record struct PolicyChoice(NativePolicy Policy, double[] Tunables)
{
    public static PolicyChoice Of(OptionFields options)
    {
        NativePolicy policy = PolicyNames.Find(options.RequireText("policy", "the name of a policy; sq_policies lists them"));
        PolicyDescriptor descriptor = policy.Descriptor;
        double[] values = [.. descriptor.Tunables.Select(tunable => tunable.Default)];
        HashSet<int> given = [];
        foreach ((string name, double value) in options.Numbers("tunables"))
        {
            int index = IndexOf(descriptor, name);
            if (!given.Add(index))
            {
                throw Fault.Argument($"The tunable '{name}' is there twice. Keep one.");
            }

            descriptor.Tunables[index].Check(descriptor.Name, value);
            values[index] = value;
        }

        return new(policy, values);
    }

    private static int IndexOf(PolicyDescriptor descriptor, string name)
    {
        try
        {
            return descriptor.TunableIndex(name);
        }
        catch (SquelchException unknown)
        {
            throw Fault.Unknown(unknown.Message);
        }
    }
}
