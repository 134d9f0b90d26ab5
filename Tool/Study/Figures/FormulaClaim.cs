namespace Squelch.Tool;

/// <summary>A claim that formulas settle without a replay.</summary>
internal static class FormulaClaim
{
    private const string Group = "formulas";

    /// <summary>Compares a number with the paper's.</summary>
    public static StudyFinding Judge(string text, Measure measure, double paper, double here)
        => new(new(text, measure, PaperNumber.Of(paper), _ => here), Group, paper, Estimate.Of(here), Judging.OfFormula(paper, here));
}
