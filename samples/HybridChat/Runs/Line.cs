namespace HybridChat;

/// <summary>A straight line by least squares.</summary>
/// <param name="Intercept">At 0.</param>
/// <param name="Slope">Per unit.</param>
/// <param name="RSquared">The share of the variance that it explains.</param>
internal sealed record Line(double Intercept, double Slope, double RSquared)
{
    public static Line Through(IReadOnlyList<(double X, double Y)> points)
    {
        double x = points.Average(point => point.X);
        double y = points.Average(point => point.Y);
        double slope = points.Sum(point => (point.X - x) * (point.Y - y)) / points.Sum(point => (point.X - x) * (point.X - x));
        double intercept = y - (slope * x);
        double left = points.Sum(point => Math.Pow(point.Y - intercept - (slope * point.X), 2));
        return new(intercept, slope, 1 - (left / points.Sum(point => (point.Y - y) * (point.Y - y))));
    }
}
