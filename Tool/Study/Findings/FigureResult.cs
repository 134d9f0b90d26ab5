namespace Squelch.Tool;

/// <summary>What came out for a figure.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Findings">What became of its claims, claim by claim.</param>
/// <param name="Table">Its numbers.</param>
/// <param name="Charts">Its pictures.</param>
internal sealed record FigureResult(StudyFigure Figure, IReadOnlyList<StudyFinding> Findings, StudyTable Table, IReadOnlyList<Chart> Charts)
{
    /// <summary>The findings by claim.</summary>
    public IEnumerable<IGrouping<Claim, StudyFinding>> ByClaim => Findings.GroupBy(finding => finding.Claim);

    /// <summary>What became of a claim, in a sentence that is told from the numbers.</summary>
    public static string Sentence(IGrouping<Claim, StudyFinding> claim)
    {
        Verdict[] verdicts = [.. claim.Select(finding => finding.Verdict).Distinct()];
        string told = verdicts.Length == 1
            ? Words(verdicts[0]) + (claim.Count() > 1 ? " for all" : "")
            : string.Join("; ", claim.GroupBy(finding => finding.Verdict).OrderBy(same => same.Key).Select(same => $"{Words(same.Key)} for {string.Join(", ", same.Select(finding => finding.Group))}"));
        return $"{claim.Key.Text}: {told}.";
    }

    /// <summary>A verdict in words.</summary>
    public static string Words(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.TrendOnly => "trend only",
        _ => "not reproduced",
    };
}
