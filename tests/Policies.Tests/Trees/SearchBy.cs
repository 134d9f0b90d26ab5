namespace Squelch.Policies.Tests.Trees;

/// <summary>Searches for each victim in one way; being no formula to the cache, it is asked for each.</summary>
internal sealed class SearchBy(FormulaSelector inner, Backend backend) : IVictimSelector
{
    public bool RemembersKeys => inner.RemembersKeys;

    public int Select(double now) => inner.Plan is PlanKind.FullScan or PlanKind.PrunedScan ? inner.SelectBy(backend, now) : inner.Select(now);

    public void Grow(int capacity) => inner.Grow(capacity);

    public void Insert(int node, in Access access) => inner.Insert(node, access);

    public void Split(int node, int lower) => inner.Split(node, lower);

    public void Hit(int node, in Access access) => inner.Hit(node, access);

    public void Touch(int node, in Access access) => inner.Touch(node, access);

    public void EdgeChanged(int node) => inner.EdgeChanged(node);

    public void ChildrenChanged(int node) => inner.ChildrenChanged(node);

    public void SetCandidate(int node, bool candidate) => inner.SetCandidate(node, candidate);

    public void Evicting(int node, double now) => inner.Evicting(node, now);

    public void Remove(int node) => inner.Remove(node);

    public void CopyStates(Span<double> states) => inner.CopyStates(states);

    public void Retune(ReadOnlySpan<double> tunables) => inner.Retune(tunables);
}
