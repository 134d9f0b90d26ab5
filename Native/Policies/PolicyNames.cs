namespace Squelch.Native;

/// <summary>The policies that are known by name.</summary>
internal static class PolicyNames
{
    private static readonly Lock s_gate = new();
    private static NativePolicy[] s_known = [.. BuiltInPolicies.All];

    /// <summary>All of them: the built-in ones, then those of this library's own project.</summary>
    public static IReadOnlyList<NativePolicy> Known => Volatile.Read(ref s_known);

    /// <summary>Adds those that are not known.</summary>
    /// <returns>How many were given.</returns>
    /// <exception cref="Fault">Another policy has the name of one.</exception>
    public static int Add(ReadOnlySpan<NativePolicy> policies)
    {
        lock (s_gate)
        {
            List<NativePolicy> known = [.. s_known];
            foreach (NativePolicy policy in policies)
            {
                NativePolicy? named = Named(known, policy.Descriptor.Name);
                if (named is null)
                {
                    known.Add(policy);
                }
                else if (named.GetType() != policy.GetType())
                {
                    throw Fault.Argument($"Two policies are called '{policy.Descriptor.Name}', so that a name would not tell them apart. Rename one; case does not count.");
                }
            }

            Volatile.Write(ref s_known, [.. known]);
            return policies.Length;
        }
    }

    /// <summary>The policy of a name; case does not count.</summary>
    /// <exception cref="Fault">There is none; the message offers the nearest.</exception>
    public static NativePolicy Find(string name)
    {
        IReadOnlyList<NativePolicy> known = Known;
        return Named(known, name) ?? throw Unknown(name, [.. known.Select(policy => policy.Descriptor.Name)]);
    }

    private static NativePolicy? Named(IEnumerable<NativePolicy> known, string name)
        => known.FirstOrDefault(policy => string.Equals(policy.Descriptor.Name, name, StringComparison.OrdinalIgnoreCase));

    private static Fault Unknown(string name, string[] known) => Fault.Unknown(
        $"There is no policy '{name}'; " + (NearestName.Find(name, known) is { } nearest ? $"did you mean '{nearest}'?" : $"there are {string.Join(", ", known)}.")
        + " Policies of the library's own project are known once sq_register was called.");
}
