namespace Squelch.Tool;

/// <summary>The tunables of an outcome, and how the tuned one came about.</summary>
internal static class TunablesText
{
    /// <summary>Such as <c>Alpha 0.7 (tuned)</c>.</summary>
    public static string Of(ReplayOutcome outcome)
        => string.Join(", ", outcome.Result.Tunables.Select(t => $"{t.Key} {Number.Exact(t.Value)}{Origin(outcome, t.Key)}"));

    private static string Origin(ReplayOutcome outcome, string tunable)
        => !outcome.Cell.Policy.IsTuned || !outcome.Cell.Policy.Policy.Descriptor.TunedTunables.Contains(tunable) ? ""
            : outcome.Result.TunedAfterRequests is null ? " (not tuned yet)"
            : " (tuned)";
}
