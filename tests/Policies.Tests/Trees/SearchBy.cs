namespace Squelch.Policies.Tests.Trees;

/// <summary>Searches for each victim in one way.</summary>
internal sealed class SearchBy(FormulaSelector inner, Backend backend) : ForwardingSelector(inner)
{
    public override int Select(double now) => inner.Plan is PlanKind.FullScan or PlanKind.PrunedScan ? inner.SelectBy(backend, now) : inner.Select(now);
}
