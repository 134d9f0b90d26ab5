namespace Squelch.Tool;

/// <summary>A policy of a study.</summary>
/// <param name="Name">As the paper calls it; unique in the study.</param>
/// <param name="Settings">What is replayed.</param>
internal sealed record StudyPolicy(string Name, PolicySettings Settings)
{
    /// <summary>A checkpoint per so many tokens: traces in larger blocks cannot be replayed. 0 for all others.</summary>
    public int BlockTokens => Settings.Policy.Descriptor.Admission.Every;
}

/// <summary>The policies that the paper compares, and those that it did not.</summary>
internal sealed class StudyPolicies
{
    private const int LongWindow = 15;

    /// <param name="catalog">Has the built-in ones.</param>
    /// <param name="alphas">What alpha is fixed to.</param>
    public StudyPolicies(PolicyCatalog catalog, IEnumerable<double> alphas)
    {
        PolicySettings marconi = Of(nameof(Policies.Marconi));
        Marconi = new("Marconi", marconi.With(PolicySettings.BootstrapMultiplierName, 5));
        MarconiLongWindow = new("Marconi, window x15", marconi.With(PolicySettings.BootstrapMultiplierName, LongWindow));
        Fixed = [.. alphas.Select(alpha => new StudyPolicy($"Marconi, alpha {Number.Exact(alpha)}", marconi.With(nameof(Policies.Marconi.Alpha), alpha)))];
        SglangPlus = new("SGLang+", Of(nameof(Policies.SglangPlus)));
        VllmPlus = new("vLLM+", Of(nameof(Policies.VllmPlus)));
        RandomLeaf = new("random leaf", Of(nameof(Policies.RandomLeaf)));
        RandomNode = new("random node", Of(nameof(Policies.RandomNode)));

        PolicySettings Of(string name) => PolicySettings.Of(catalog.Find(name));
    }

    /// <summary>With the paper's tuner and its usual window.</summary>
    public StudyPolicy Marconi { get; }

    /// <summary>With the window that the paper takes for LMSys.</summary>
    public StudyPolicy MarconiLongWindow { get; }

    /// <summary>Marconi at fixed alphas, the first of which is 0.</summary>
    public IReadOnlyList<StudyPolicy> Fixed { get; }

    /// <summary>SGLang's cache with Marconi's admission.</summary>
    public StudyPolicy SglangPlus { get; }

    /// <summary>vLLM's cache with a checkpoint per block.</summary>
    public StudyPolicy VllmPlus { get; }

    /// <summary>A leaf at random, with SGLang+'s admission.</summary>
    public StudyPolicy RandomLeaf { get; }

    /// <summary>One of Marconi's candidates at random.</summary>
    public StudyPolicy RandomNode { get; }
}
