namespace Squelch.Lab;

/// <summary>What the requests of a key trace cost without a cache, in the trace's own unit.</summary>
/// <param name="Total">Of all requests.</param>
/// <param name="P50">Median per request.</param>
/// <param name="P90">90th percentile per request.</param>
/// <param name="P99">99th percentile per request.</param>
public sealed record TraceCosts(double Total, double P50, double P90, double P99)
{
    /// <summary>Those of some requests; null where none tells its cost.</summary>
    internal static TraceCosts? Of(IEnumerable<Request> requests)
    {
        double[] costs = [.. requests.Select(request => request.Cost).Where(cost => !double.IsNaN(cost)).Order()];
        return costs.Length == 0 ? null : new(costs.Sum(), Quantile.Linear(costs, 0.50), Quantile.Linear(costs, 0.90), Quantile.Linear(costs, 0.99));
    }
}
