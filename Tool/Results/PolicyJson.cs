namespace Squelch.Tool;

/// <summary>Policies as JSON: what <c>squelch policies</c> and <c>squelch explain</c> tell of them.</summary>
internal static class PolicyJson
{
    /// <summary>An array of policies.</summary>
    public static string Of(IEnumerable<PolicyDescriptor> policies) => JsonText.Of(policies.Select(Object));

    /// <summary>One policy.</summary>
    public static string Of(PolicyDescriptor policy) => JsonText.Of(Object(policy));

    private static object Object(PolicyDescriptor policy) => new
    {
        name = policy.Name,
        summary = policy.Summary,
        formula = policy.Formula,
        needsFuture = policy.NeedsFuture,
        features = policy.Features.Select(feature => new { name = feature.Name, unit = feature.Unit, meaning = feature.Meaning }),
        columns = policy.Columns.Select(column => new { name = column.Name, unit = column.Unit, formula = column.Formula }),
        columnBytesPerNode = policy.ColumnBytes,
        stateUpdates = policy.StateUpdates.IsEmpty ? null : policy.StateUpdates.Select(update => new { state = update.State, at = PolicyLanguage.EventNames(update.At), formula = update.Formula }),
        tunables = policy.Tunables.Select(tunable => new
        {
            name = tunable.Name,
            minimum = tunable.Minimum,
            maximum = tunable.Maximum,
            step = tunable.Step > 0 ? tunable.Step : (double?)null,
            @default = tunable.Default,
        }),
        bootstrapTunable = policy.BootstrapTunable,
        bootstrapMultiplier = policy.BootstrapTunable is null ? (int?)null : policy.BootstrapMultiplier,
        shadowTunables = policy.ShadowTunables.IsEmpty ? null : policy.ShadowTunables.ToArray(),
        candidates = policy.Candidates,
        trimTokens = policy.Trim > 0 ? policy.Trim : (int?)null,
        touch = policy.Touch,
        checkpoints = new
        {
            branchPoint = policy.Admission.Checkpoints.HasFlag(Checkpoints.BranchPoint),
            lastToken = policy.Admission.Checkpoints.HasFlag(Checkpoints.LastToken),
            everyTokens = policy.Admission.Checkpoints.HasFlag(Checkpoints.Interval) ? policy.Admission.Every : (int?)null,
            logarithmicFromTokens = policy.Admission.Checkpoints.HasFlag(Checkpoints.Logarithmic) ? policy.Admission.Every : (int?)null,
            branchLag = policy.Admission.Checkpoints.HasFlag(Checkpoints.BranchLag),
            alignTokens = policy.Admission.Align,
            leastSavingTokens = policy.Admission.LeastSaving,
            formula = policy.Admission.Formula is { } formula
                ? new
                {
                    name = formula.Name,
                    text = formula.Text,
                    above = JsonText.Finite(formula.Above),
                    best = formula.Best > 0 ? formula.Best : (int?)null,
                    reads = formula.Reads.Select(read => new { name = read.Name, unit = read.Unit, meaning = read.Meaning }),
                }
                : null,
        },
        plan = new { kind = policy.Plan.Kind, reasons = policy.Plan.Reasons },
        device = policy.Device is { } device ? new { hasKernel = device.HasKernel, steps = device.Steps } : null,
        proofs = policy.Proofs.Select(proof => new
        {
            name = proof.Name,
            minimum = JsonText.Finite(proof.Minimum),
            maximum = JsonText.Finite(proof.Maximum),
            unit = proof.Unit,
            certainty = proof.Certainty,
            trends = proof.Trends.Select(trend => new { feature = trend.Feature, trend = trend.Trend }),
        }),
    };
}
