namespace Squelch.Lab;

/// <summary>
/// A price per byte for each slot, the time between two requests. Any prices give a bound: what the room is worth, plus what each request gains at most over what
/// its hit would pay. The search makes the bound small, not valid.
/// </summary>
internal sealed class SlotPrices
{
    private const int Bisections = 20;
    private const int MostSteps = 300;
    private const int LeastSteps = 60;
    private const long Work = 40_000_000;
    private const int AverageEvery = 20;
    private const double FirstStep = 0.3;
    private const double MostExcess = 2;
    private const double LeastRoom = 0.02;
    private const double LeastPrice = 1e-6;

    private readonly ReuseOptions _options;
    private readonly int _requests;
    private readonly double _kv;
    private readonly double _checkpoint;
    private readonly double[] _room;
    private readonly double[] _sum;
    private readonly double[] _use;

    /// <summary>For one capacity, which is 1 from here on.</summary>
    public SlotPrices(ReuseOptions options, long capacityBytes)
    {
        _options = options;
        _requests = options.ForcedBytes.Length;
        (_kv, _checkpoint) = (options.KvBytes / capacityBytes, options.CheckpointBytes / capacityBytes);
        _room = [.. options.ForcedBytes.Select(bytes => 1 - (bytes / capacityBytes))];
        _sum = new double[_requests + 2];
        _use = new double[_requests + 1];
    }

    /// <summary>The bound where room costs nothing: what an endless cache of these rules could hit.</summary>
    public double Endless { get; private set; }

    /// <summary>The least bound that the search finds.</summary>
    /// <param name="cancellation">Stops it.</param>
    public double Least(CancellationToken cancellation)
    {
        double[] prices = new double[Math.Max(1, _requests)];
        double least = Endless = Bound(prices);
        if (!IsTooFull())
        {
            return least;
        }

        double uniform = Uniform(prices, ref least);
        prices.AsSpan(0, _requests - 1).Fill(uniform);
        double[] average = new double[prices.Length];
        int steps = (int)Math.Clamp(Work / (_options.EndTokens.Length + _requests), LeastSteps, MostSteps);
        int averaged = 0;
        for (int step = 0; step < steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            least = Math.Min(least, Bound(prices));
            averaged = step == steps / 4 ? 1 : averaged + 1;
            Move(prices, average, averaged, FirstStep / Math.Sqrt(1 + (FirstStep * step)), LeastPrice * uniform);
            if (step % AverageEvery == AverageEvery - 1 || step == steps - 1)
            {
                least = Math.Min(least, Bound(average));
            }
        }

        return least;
    }

    private bool IsTooFull()
    {
        for (int slot = 0; slot < _requests - 1; slot++)
        {
            if (_use[slot] > _room[slot])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The best price that is the same in all slots: the bound is convex in it.</summary>
    private double Uniform(double[] prices, ref double least)
    {
        double low = 0;
        double high = 1;
        while (Slope(prices, high, ref least) < 0)
        {
            (low, high) = (high, high * 4);
        }

        for (int i = 0; i < Bisections; i++)
        {
            double middle = (low + high) / 2;
            if (Slope(prices, middle, ref least) < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return high;
    }

    private double Slope(double[] prices, double price, ref double least)
    {
        prices.AsSpan(0, _requests - 1).Fill(price);
        least = Math.Min(least, Bound(prices));
        double slope = 0;
        for (int slot = 0; slot < _requests - 1; slot++)
        {
            slope += _room[slot] - _use[slot];
        }

        return slope;
    }

    /// <summary>Raises prices where more is wanted than there is room, and lowers the others.</summary>
    private void Move(double[] prices, double[] average, int averaged, double step, double floor)
    {
        for (int slot = 0; slot < _requests - 1; slot++)
        {
            average[slot] = averaged == 1 ? prices[slot] : average[slot] + ((prices[slot] - average[slot]) / averaged);
            double excess = Math.Clamp((_use[slot] - _room[slot]) / Math.Max(_room[slot], LeastRoom), -MostExcess, MostExcess);
            prices[slot] = Math.Max(prices[slot], floor) * Math.Exp(step * excess);
        }
    }

    /// <summary>The bound in tokens, and in <see cref="_use"/> what the requests' best options hold in each slot.</summary>
    private double Bound(double[] prices)
    {
        double worth = 0;
        for (int slot = 0; slot < _requests; slot++)
        {
            _sum[slot + 1] = _sum[slot] + prices[slot];
            worth += prices[slot] * _room[slot];
        }

        Array.Clear(_use);
        for (int request = 0; request < _requests; request++)
        {
            int best = Best(request, out double gain);
            worth += gain;
            if (best >= 0)
            {
                Hold(request, best);
            }
        }

        for (int slot = 1; slot < _requests; slot++)
        {
            _use[slot] += _use[slot - 1];
        }

        return worth;
    }

    /// <summary>The run at whose end a hit gains most tokens over what it pays; -1 where none gains any.</summary>
    private int Best(int request, out double gain)
    {
        (int best, gain) = (-1, 0);
        double paid = 0;
        int tokens = 0;
        double now = _sum[request];
        for (int run = _options.FirstRun[request]; run < _options.FirstRun[request + 1]; run++)
        {
            paid += _kv * (_options.EndTokens[run] - tokens) * (now - _sum[_options.KvFrom[run]]);
            tokens = _options.EndTokens[run];
            if (_options.CanEnd[run])
            {
                double over = tokens - paid - (_checkpoint * (now - _sum[_options.CheckpointFrom[run]]));
                if (over > gain)
                {
                    (best, gain) = (run, over);
                }
            }
        }

        return best;
    }

    private void Hold(int request, int best)
    {
        double all = _checkpoint;
        int tokens = 0;
        _use[_options.CheckpointFrom[best]] += _checkpoint;
        for (int run = _options.FirstRun[request]; run <= best; run++)
        {
            double held = _kv * (_options.EndTokens[run] - tokens);
            tokens = _options.EndTokens[run];
            _use[_options.KvFrom[run]] += held;
            all += held;
        }

        _use[request] -= all;
    }
}
