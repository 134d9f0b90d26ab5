namespace Squelch.Tool;

/// <summary>A figure that formulas tell without a replay.</summary>
internal abstract class FormulaFigure : StudyFigure
{
    /// <summary>What stands for traces in its rows.</summary>
    protected const string Group = "formulas";

    public sealed override IEnumerable<(StudyPoint Point, StudyPolicy Policy)> Replays(Workload workload, StudyScale scale, StudyPolicies policies) => [];

    /// <summary>Compares a number with the paper's.</summary>
    protected static StudyFinding Judge(string text, Measure measure, double paper, double here)
        => new(new(text, measure, PaperNumber.Of(paper), _ => here), Group, paper, Estimate.Of(here), Judging.OfFormula(paper, here));
}
