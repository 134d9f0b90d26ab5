namespace Squelch.Tool;

/// <summary>A policy, the changes of its parts, and all their combinations: at most one change per aspect.</summary>
internal sealed class AblationSpace
{
    private readonly AblationChange?[][] _choices;
    private readonly PolicyParts _asItIs;

    /// <param name="settings">The policy. Its tunables stay as they are: no tuner runs.</param>
    /// <param name="catalog">Has the policies whose scores are tried instead.</param>
    /// <exception cref="UsageException">It knows the future.</exception>
    public AblationSpace(PolicySettings settings, PolicyCatalog catalog)
    {
        Settings = settings;
        PolicyDescriptor descriptor = settings.Policy.Descriptor;
        if (descriptor.NeedsFuture)
        {
            throw new UsageException($"{descriptor.Name} knows the future, which is made for its own score, candidates and admission; ablate a policy that an engine can run (see squelch policies)");
        }

        double[] tunables = TunableValues.Resolve(descriptor, settings.Tunables);
        _asItIs = new(
            descriptor with { Tunables = [], BootstrapTunable = null, ShadowTunables = [], Admission = descriptor.Admission.WithTunables(tunables) },
            (nodes, seed) => settings.Policy.CreateSelector(tunables, nodes, seed));
        Tunables = descriptor.Tunables.Select((tunable, i) => KeyValuePair.Create(tunable.Name, tunables[i])).ToDictionary();
        Notes = [.. ScoreTerms.Of(settings.Policy, tunables).WhatStays];
        Changes = [.. PartChanges.Of(descriptor), .. ScoreChanges.Of(settings.Policy, tunables, catalog), .. AdmissionChanges.Of(_asItIs.Descriptor.Admission)];
        _choices = [.. Enum.GetValues<Aspect>().Select(aspect => (AblationChange?[])[null, .. Changes.Where(change => change.Aspect == aspect)])];
        Combinations = All([]);
    }

    /// <summary>The policy.</summary>
    public PolicySettings Settings { get; }

    /// <summary>Its tunables in all replays in which the score does not say otherwise.</summary>
    public IReadOnlyDictionary<string, double> Tunables { get; }

    /// <summary>What cannot be changed, and why.</summary>
    public IReadOnlyList<string> Notes { get; }

    /// <summary>All changes, by aspect.</summary>
    public IReadOnlyList<AblationChange> Changes { get; }

    /// <summary>All combinations of changes of different aspects; the first has none.</summary>
    public IReadOnlyList<IReadOnlyList<AblationChange>> Combinations { get; }

    /// <summary>The policy that a combination makes.</summary>
    public PolicySettings Policy(IReadOnlyList<AblationChange> combination)
        => PolicySettings.Of(new AblatedPolicy(Settings.Policy, combination.Aggregate(_asItIs, (parts, change) => change.Apply(parts))));

    /// <summary>An aspect of the policy as it is, in words.</summary>
    public string AsItIs(Aspect aspect) => aspect switch
    {
        Aspect.Candidates => PolicyWords.CandidateKind(_asItIs.Descriptor.Candidates),
        Aspect.Touch => PolicyWords.TouchKind(_asItIs.Descriptor.Touch),
        Aspect.Admission => PolicyWords.Admission(_asItIs.Descriptor.Admission),
        _ => "its own",
    };

    /// <summary>Where a combination stands in <see cref="Combinations"/>.</summary>
    public int IndexOf(params IEnumerable<AblationChange> combination)
    {
        AblationChange[] changes = [.. combination];
        return _choices.Aggregate(0, (index, choices) => (index * choices.Length) + Array.FindIndex(choices, choice => choice is null ? changes.All(change => !choices.Contains(change)) : changes.Contains(choice)));
    }

    private List<IReadOnlyList<AblationChange>> All(IReadOnlyList<AblationChange> begun, int aspect = 0)
        => aspect == _choices.Length ? [begun] : [.. _choices[aspect].SelectMany(choice => All(choice is null ? begun : [.. begun, choice], aspect + 1))];
}
