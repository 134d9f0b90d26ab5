namespace Squelch.Tool;

/// <summary>The paper's numbers for a claim.</summary>
/// <param name="Appending">Where prompts go on where those before ended: the lesser effect of LMSys and ShareGPT, or the only one.</param>
/// <param name="Elided">Where old observations are elided: SWE-bench.</param>
internal readonly record struct PaperNumber(double Appending, double Elided)
{
    /// <summary>One number for all traces.</summary>
    public static PaperNumber Of(double number) => new(number, number);

    /// <summary>The one that a group is compared with.</summary>
    public double For(StudyGroup group) => group.IsElided ? Elided : Appending;
}

/// <summary>Something that the paper says in numbers.</summary>
/// <param name="Text">What, in a few words.</param>
/// <param name="Measure">The kind of number.</param>
/// <param name="Paper">The paper's.</param>
/// <param name="Here">That of a trace; null where it has none.</param>
internal sealed record Claim(string Text, Measure Measure, PaperNumber Paper, Func<WorkloadResults, double?> Here)
{
    /// <summary>True where the number is a shortfall, which may be at most the paper's.</summary>
    public bool IsLimit { get; init; }

    /// <summary>What comes out for each group that has a number.</summary>
    public IEnumerable<StudyFinding> Judge(StudyResults results)
    {
        foreach (GroupResults group in results.Groups)
        {
            if (group.Estimate(Measure, Here) is { } here)
            {
                double paper = Paper.For(group.Group);
                yield return new(this, group.Group.Name, paper, here, IsLimit ? Judging.OfLimit(paper, here) : Judging.OfEffect(Measure, paper, here, group.Group.AreSeeds));
            }
        }
    }
}

/// <summary>What came out of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Group">For which traces.</param>
/// <param name="Paper">The paper's number; null where it claims all of an effect, however large.</param>
/// <param name="Here">The number here.</param>
/// <param name="Verdict">How they compare.</param>
internal sealed record StudyFinding(Claim Claim, string Group, double? Paper, Estimate Here, Verdict Verdict)
{
    /// <summary>The paper's number as tables show it.</summary>
    public string PaperText => Paper is { } number ? Claim.Measure.Text(number) : "all of it";
}
