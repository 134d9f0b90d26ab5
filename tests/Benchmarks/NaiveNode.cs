namespace Squelch.Benchmarks;

/// <summary>What a straightforward cache keeps: an object per node, scored in two passes.</summary>
internal sealed class NaiveNode
{
    public double LastAccess { get; set; }

    public double Efficiency { get; set; }

    public double Recency { get; private set; }

    public long Creation { get; init; }

    public static NaiveNode Victim(List<NaiveNode> nodes, double now, double alpha)
    {
        double lowRecency = double.PositiveInfinity, highRecency = double.NegativeInfinity;
        double lowEfficiency = double.PositiveInfinity, highEfficiency = double.NegativeInfinity;
        foreach (NaiveNode node in nodes)
        {
            node.Recency = 1 / Math.Max(now - node.LastAccess, 1);
            lowRecency = Math.Min(lowRecency, node.Recency);
            highRecency = Math.Max(highRecency, node.Recency);
            lowEfficiency = Math.Min(lowEfficiency, node.Efficiency);
            highEfficiency = Math.Max(highEfficiency, node.Efficiency);
        }

        NaiveNode? best = null;
        double bestScore = double.PositiveInfinity;
        foreach (NaiveNode node in nodes)
        {
            double score = Scale(node.Recency, lowRecency, highRecency) + (alpha * Scale(node.Efficiency, lowEfficiency, highEfficiency));
            if (best is null || score < bestScore || (score == bestScore && node.Creation < best.Creation))
            {
                best = node;
                bestScore = score;
            }
        }

        return best!;
    }

    private static double Scale(double value, double low, double high) => high != low ? (value - low) / (high - low) : 1;
}
