namespace Squelch.Benchmarks;

/// <summary>Hit rates by trace, share of what the trace fills, and way of tuning.</summary>
internal sealed class TuningRates(IReadOnlyDictionary<(string Trace, double Share, string Way), double> rates)
{
    public double Mean(string trace, string way) => rates.Where(cell => cell.Key.Trace == trace && cell.Key.Way == way).Average(cell => cell.Value);

    public double Mean(string way) => rates.Where(cell => cell.Key.Way == way).Average(cell => cell.Value);

    public double WorstTrace(string way, string against)
        => rates.Keys.Select(cell => cell.Trace).Distinct().Min(trace => Mean(trace, way) - Mean(trace, against));

    public double WorstCell(string way, string against)
        => rates.Where(cell => cell.Key.Way == way).Min(cell => cell.Value - rates[(cell.Key.Trace, cell.Key.Share, against)]);
}
