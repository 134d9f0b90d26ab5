namespace Squelch.Tool;

/// <summary>A policy's selector, but one scaled term of its score counts the same for all candidates.</summary>
/// <param name="formula">The selector.</param>
/// <param name="term">The term's number.</param>
/// <param name="terms">How many there are.</param>
internal sealed class TermLeftOut(FormulaSelector formula, int term, int terms) : IVictimSelector
{
    private readonly Extremes<double>[] _scales = new Extremes<double>[terms];
    private int _capacity;

    public bool RemembersKeys => formula.RemembersKeys;

    public void Grow(int capacity)
    {
        _capacity = Math.Max(_capacity, capacity);
        formula.Grow(capacity);
    }

    public void Insert(int node, in Access access) => formula.Insert(node, access);

    public void Split(int node, int lower) => formula.Split(node, lower);

    public void Hit(int node, in Access access) => formula.Hit(node, access);

    public void Touch(int node, in Access access) => formula.Touch(node, access);

    public void EdgeChanged(int node) => formula.EdgeChanged(node);

    public void ChildrenChanged(int node) => formula.ChildrenChanged(node);

    public void SetCandidate(int node, bool candidate) => formula.SetCandidate(node, candidate);

    public void Evicting(int node, double now) => formula.Evicting(node, now);

    public void Remove(int node) => formula.Remove(node);

    public void CopyStates(Span<double> states) => formula.CopyStates(states);

    public void Retune(ReadOnlySpan<double> tunables) => formula.Retune(tunables);

    public int Select(double now)
    {
        for (int i = 0; i < terms; i++)
        {
            // Scaled to one point, every value is 1.
            _scales[i] = i == term ? default : ExtremesOf(i, now);
        }

        int best = -1;
        double least = double.NaN;
        for (int node = 0; node < _capacity; node++)
        {
            if (!formula.IsCandidate(node))
            {
                continue;
            }

            double score = formula.ScoreWith(0, node, now, _scales);
            int order = best < 0 ? -1 : ScoreOrder.Compare(score, least);
            if (order < 0 || (order == 0 && formula.Nodes.Creation(node) < formula.Nodes.Creation(best)))
            {
                (best, least) = (node, score);
            }
        }

        return best;
    }

    private Extremes<double> ExtremesOf(int other, double now)
    {
        (double low, double high) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int node = 0; node < _capacity; node++)
        {
            if (formula.IsCandidate(node))
            {
                double value = formula.RawTerm(other, node, now);
                (low, high) = (double.MinNumber(low, value), double.MaxNumber(high, value));
            }
        }

        return new(low, high);
    }
}
