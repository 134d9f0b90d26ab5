namespace Squelch;

/// <summary>
/// Finds tunables by races among candidates over the newest requests. A candidate wins where it hits more than the present values by more than the noise.
/// What the cache began with is always among the candidates: once something else was adopted, it wins where it hits more at all, and whatever else comes
/// after that needs a clearer win. That matters because a bad value can look good at first, while a cache has yet to fill with what the value keeps in vain.
/// </summary>
internal sealed class ShadowTuner : ITuner
{
    /// <summary>Races cost at most this share of the lookups, besides those of the beginning and those that confirm what was adopted.</summary>
    public const double Share = 0.05;

    /// <summary>Requests that may be replayed before the share counts: without them short runs would never be tuned.</summary>
    public const int Allowance = 1000;

    private const int FewestRequests = 48;
    private const int FirstRace = 128;
    private const double Least = 0.005;
    private const double Sure = 2;

    /// <summary>What a sample adds to the errors that a gain has to exceed: it stands for all by chance.</summary>
    private const double SampleDoubt = 0.5;

    private const double Hopeless = 1;

    private readonly int[] _tunables;
    private readonly double[] _fallback;
    private readonly double[][] _grids;
    private bool _isAtFallback = true;
    private double _sure = Sure;
    private long _spent;
    private long _next;

    /// <param name="descriptor">Names the tunables.</param>
    /// <param name="fallback">What the cache begins with.</param>
    public ShadowTuner(PolicyDescriptor descriptor, ReadOnlySpan<double> fallback)
    {
        _tunables = [.. descriptor.ShadowTunables.Select(name => descriptor.TunableIndex(name))];
        _grids = [.. _tunables.Select(index => descriptor.Tunables[index].Grid().ToArray())];
        if (Array.FindIndex(_grids, grid => grid.Length < 2) is var single and >= 0)
        {
            throw new SquelchException($"{descriptor.Name}.{descriptor.ShadowTunables[single]} has no values for the tuner to try: give it a Step.");
        }

        _fallback = fallback.ToArray();
    }

    public IReadOnlyList<int> Tunables => _tunables;

    public RequestLog CreateLog(long mostBytes) => new(mostBytes, keepsNewest: true);

    public long? Window(long? firstEviction, RequestLog log)
    {
        long? due = _next > 0 ? _next : firstEviction is { } lookups ? Math.Max(FirstRace, 3 * lookups) : null;
        long affordable = (long)((_spent - Allowance) / Share);
        return _isAtFallback && due < affordable ? affordable : due;
    }

    public bool Choose(TuningRun run)
    {
        bool poor = _spent > Allowance + (Share * run.Lookups);
        long before = run.Replayed;
        RequestSample sample = Sample(run);
        if (sample.Requests.Count >= FewestRequests)
        {
            Race(run, sample, poor ? [_fallback] : Candidates(run.Values));
        }

        long cost = run.Replayed - before;
        _spent += cost;
        long later = run.Lookups * (_isAtFallback ? 3 : 2);

        // A log that held too few requests for a race will hold no more the next time, unless much has changed.
        long paid = cost > 0 ? run.Lookups + (long)(cost / Share) : later;
        _next = Math.Max(run.Lookups + FirstRace, Math.Min(later, paid));
        return true;
    }

    /// <summary>As many of the newest requests as fill the cache several times, or as many beginnings of requests for a cache that is smaller by as much.</summary>
    private RequestSample Sample(TuningRun run)
    {
        const double FillingRequests = 100;
        int newest = (int)Math.Min(int.MaxValue, Math.Max(256, run.FirstEviction * (_isAtFallback ? 12 : 20)));
        return RequestSample.Of(run.Log, newest, FillingRequests / run.FirstEviction);
    }

    private void Race(TuningRun run, RequestSample sample, IEnumerable<double[]> candidates)
    {
        using var race = new ShadowRace(run, sample, [[.. run.Values], .. candidates.Where(values => !values.AsSpan().SequenceEqual(run.Values))]);
        double best = 0;
        double[]? winner = null;
        foreach ((double[] values, Gain gain) in race.Run((values, gain) => gain.AtMost(Hopeless) >= 0 && gain.AtMost(Sure) >= Needed(values)))
        {
            double errors = IsFallback(values) ? 0 : _sure + (sample.Share < 1 ? SampleDoubt : 0);
            if (gain.AtLeast(errors) > Needed(values) && gain.Mean > best)
            {
                (best, winner) = (gain.Mean, values);
            }
        }

        if (winner is not null)
        {
            winner.CopyTo(run.Values, 0);
            _isAtFallback = IsFallback(winner);
            _sure += _isAtFallback ? 1 : 0;
        }
    }

    private double Needed(double[] values) => IsFallback(values) ? 0 : Least;

    private bool IsFallback(double[] values) => values.AsSpan().SequenceEqual(_fallback);

    /// <summary>What the cache began with, with each tunable moved there and to a quarter of its grid; and the present values with one moved to a half or the double.</summary>
    private List<double[]> Candidates(double[] present)
    {
        List<double[]> candidates = [_fallback];
        for (int i = 0; i < _tunables.Length; i++)
        {
            double[] grid = _grids[i];
            double level = grid[Math.Max(1, grid.Length / 4)] is var quarter && quarter != _fallback[_tunables[i]] ? quarter : grid[0];
            candidates.AddRange(candidates.Count < 8 ? [.. candidates.Select(values => With(values, i, level))] : [With(_fallback, i, level)]);
        }

        if (!_isAtFallback)
        {
            for (int i = 0; i < _tunables.Length; i++)
            {
                int at = _grids[i].AsSpan().BinarySearch(present[_tunables[i]]);
                foreach (int moved in (ReadOnlySpan<int>)[at / 2, Math.Min(at * 2, _grids[i].Length - 1)])
                {
                    candidates.Add(With(present, i, _grids[i][Math.Max(0, moved)]));
                }
            }
        }

        return [.. candidates.DistinctBy(values => string.Join(';', values))];
    }

    private double[] With(double[] values, int tunable, double value)
    {
        double[] changed = [.. values];
        changed[_tunables[tunable]] = value;
        return changed;
    }
}
