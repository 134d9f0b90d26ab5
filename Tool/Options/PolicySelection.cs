using Squelch.Policies;

namespace Squelch.Tool;

/// <summary>The policies that a command line names, with the tunables it sets on them.</summary>
internal static class PolicySelection
{
    private const string AlphaName = "Alpha";
    private const string All = "all";
    private const string SetOption = "--set";

    /// <summary>The policy of that name.</summary>
    /// <exception cref="UsageException">There is none; the message says how one of the user's own is found.</exception>
    public static RegisteredPolicy Find(PolicyCatalog catalog, string name)
    {
        try
        {
            return catalog.Find(name);
        }
        catch (SquelchException exception) when (exception is not ToolException)
        {
            throw new UsageException($"{exception.Message} A policy of your own is found in its assembly: --policies path/to/Mine.dll");
        }
    }

    /// <summary>Chooses by name, then applies <c>--alpha</c>, then every <c>--set</c>.</summary>
    /// <param name="catalog">What can be chosen.</param>
    /// <param name="names">The names; all policies where there are none, or one is <c>all</c>.</param>
    /// <param name="alpha">The value of <c>--alpha</c>.</param>
    /// <param name="settings">The values of <c>--set</c>.</param>
    public static IReadOnlyList<PolicySettings> Choose(PolicyCatalog catalog, IReadOnlyList<string> names, double? alpha, IReadOnlyList<TunableSetting> settings)
    {
        string[] single = [.. names.Where(name => !name.Equals(All, StringComparison.OrdinalIgnoreCase))];
        RegisteredPolicy[] named = [.. single.Select(name => UsageException.Of("--policy", () => Find(catalog, name))).Distinct()];
        var chosen = (named.Length == 0 || single.Length < names.Count ? catalog.Policies : named).Select(PolicySettings.Of).ToList();
        if (alpha is { } value)
        {
            UsageException.Of("--alpha", () => SetAlpha(chosen, value));
        }

        HashSet<(RegisteredPolicy Policy, string Tunable)> set = [];
        foreach (TunableSetting setting in settings)
        {
            RegisteredPolicy policy = UsageException.Of(SetOption, () => Find(catalog, setting.Policy));
            if (!set.Add((policy, setting.Tunable.ToUpperInvariant())) || (alpha is not null && setting.Tunable.Equals(AlphaName, StringComparison.OrdinalIgnoreCase)))
            {
                throw new UsageException($"{SetOption}: {policy.Descriptor.Name}.{setting.Tunable} is set twice{(alpha is null ? "" : ", by --alpha and by --set")}; set it once");
            }

            int index = chosen.FindIndex(c => c.Policy == policy);
            chosen[index >= 0 ? index : throw NotChosen(policy, chosen)] = UsageException.Of(SetOption, () => chosen[index].With(setting.Tunable, setting.Value));
        }

        return chosen;
    }

    /// <summary>LRU, then the rules that know the future: what policies are judged by.</summary>
    public static IReadOnlyList<PolicySettings> Baselines(PolicyCatalog catalog)
        => [.. new[] { nameof(Lru), nameof(Belady), nameof(OfflineGreedy) }.Select(catalog.Find).Select(PolicySettings.Of)];

    private static bool SetAlpha(List<PolicySettings> chosen, double value)
    {
        bool found = false;
        for (int i = 0; i < chosen.Count; i++)
        {
            if (chosen[i].Policy.Descriptor.Tunables.Any(t => t.Name == AlphaName))
            {
                chosen[i] = chosen[i].With(AlphaName, value);
                found = true;
            }
        }

        return found
            ? found
            : throw new SquelchException($"--alpha: no policy of this replay has a tunable {AlphaName} ({Names(chosen)}); add --policy Marconi, or leave --alpha out");
    }

    private static SquelchException NotChosen(RegisteredPolicy policy, List<PolicySettings> chosen)
        => new($"{SetOption}: {policy.Descriptor.Name} is not part of this replay ({Names(chosen)}); add it to --policy, or to --against of squelch regret");

    private static string Names(List<PolicySettings> chosen) => string.Join(", ", chosen.Select(c => c.Policy.Descriptor.Name));
}
