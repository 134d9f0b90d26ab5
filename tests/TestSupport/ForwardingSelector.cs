namespace Squelch.Tests;

/// <summary>A selector that hands each call on to another, for tests that change or watch one of them. Being no formula, it is asked for each victim.</summary>
/// <param name="inner">The other.</param>
internal abstract class ForwardingSelector(IVictimSelector inner) : IVictimSelector
{
    public bool RemembersKeys => inner.RemembersKeys;

    public abstract int Select(double now);

    public void Grow(int capacity) => inner.Grow(capacity);

    public void Arrive(in Access access) => inner.Arrive(access);

    public void Insert(int node, in Access access) => inner.Insert(node, access);

    public void Split(int node, int lower) => inner.Split(node, lower);

    public void Hit(int node, in Access access) => inner.Hit(node, access);

    public void Touch(int node, in Access access) => inner.Touch(node, access);

    public void EdgeChanged(int node) => inner.EdgeChanged(node);

    public void ChildrenChanged(int node) => inner.ChildrenChanged(node);

    public void SetCandidate(int node, bool candidate) => inner.SetCandidate(node, candidate);

    public void CopyStates(Span<double> states) => inner.CopyStates(states);

    public void Evicting(int node, double now) => inner.Evicting(node, now);

    public void Remove(int node) => inner.Remove(node);

    public void Expect(long bytes) => inner.Expect(bytes);

    public void Retune(ReadOnlySpan<double> tunables) => inner.Retune(tunables);
}
