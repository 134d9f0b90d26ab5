namespace Squelch;

/// <summary>
/// Finds tunables by races among candidates over a sample of the requests. A candidate wins where it hits more than the present values by more than the noise.
/// What the cache began with is always among the candidates: once something else was adopted, it wins where it hits more at all, and whatever else comes
/// after that needs a clearer win. That matters because a bad value can look good at first, while a cache has yet to fill with what the value keeps in vain.
/// Nothing is spent that the requests before have not earned: a race is recorded once there is enough for it, and run once there is enough for what it takes.
/// </summary>
internal sealed class ShadowTuner : ITuner
{
    /// <summary>What the tuner may cost, as a share of the work of lookups and commits.</summary>
    public const double Share = 0.05;

    private const int FewestRequests = 96;
    private const int FillingRequests = 64;

    /// <summary>A race fills its shadows so many times: what a value keeps in vain shows late.</summary>
    private const int Fillings = 12;

    /// <summary>The same once something was adopted, which has to be confirmed.</summary>
    private const int ConfirmedFillings = 20;
    private const double Least = 0.005;
    private const double Sure = 2;

    /// <summary>What a sample adds to the errors that a gain has to exceed: it stands for all by chance.</summary>
    private const double SampleDoubt = 0.5;

    private const double Hopeless = 1;

    private readonly int[] _tunables;
    private readonly double[] _fallback;
    private readonly double[][] _grids;
    private readonly int _pageTokens;
    private readonly RequestSampler _sampler = new();
    private bool _isAtFallback = true;
    private double _sure = Sure;
    private bool _isRecording;
    private double _sampled;
    private int _enough;
    private int _candidates;
    private long _window;
    private long _tokensSeen;
    private long _tokensTaken;
    private long _words;

    /// <param name="descriptor">Names the tunables.</param>
    /// <param name="fallback">What the cache begins with.</param>
    /// <param name="pageTokens">Tokens per page.</param>
    public ShadowTuner(PolicyDescriptor descriptor, ReadOnlySpan<double> fallback, int pageTokens)
    {
        _tunables = [.. descriptor.ShadowTunables.Select(name => descriptor.TunableIndex(name))];
        _grids = [.. _tunables.Select(index => descriptor.Tunables[index].Grid().ToArray())];
        if (Array.FindIndex(_grids, grid => grid.Length < 2) is var single and >= 0)
        {
            throw new SquelchException($"{descriptor.Name}.{descriptor.ShadowTunables[single]} has no values for the tuner to try: give it a Step.");
        }

        _fallback = fallback.ToArray();
        _candidates = Candidates(_fallback).Count;
        _pageTokens = pageTokens;
    }

    public IReadOnlyList<int> Tunables => _tunables;

    /// <summary>The work of the requests so far.</summary>
    public TuningWork Earned { get; private set; }

    /// <summary>The work of recording and of races; at most <see cref="Share"/> of what was earned.</summary>
    public TuningWork Spent { get; private set; }

    private double Left => (Share * Earned.Units) - Spent.Units;

    /// <summary>Not known: it depends on what the requests to come earn.</summary>
    public long? Window(long? firstEviction, RequestLog log) => null;

    public void Record(RequestLog log, in RecordedRequest request, ReadOnlySpan<int> pages, long? firstEviction)
    {
        Earned += TuningWork.OfRequest(pages.Length);
        if (firstEviction is not { } filling)
        {
            if (Left > TuningWork.OfLearning.Units && _sampler.Learn(pages))
            {
                Spent += TuningWork.OfLearning;
            }

            return;
        }

        if (!_isRecording && !Begin(log, filling))
        {
            return;
        }

        _window++;
        _tokensSeen += request.InputTokens;
        if (!log.IsFull && log.Count < _enough && _sampler.Takes(pages, _sampled))
        {
            RecordedRequest shortened = request;
            ReadOnlySpan<int> words = _sampler.Shorten(ref shortened, pages, _pageTokens);
            Spent += TuningWork.OfRecording(words.Length);
            _tokensTaken += request.InputTokens;
            _words += words.Length;
            log.Add(shortened, words);
        }
    }

    public bool IsDue(long lookups, long? firstEviction, RequestLog log)
        => _isRecording && (log.Count >= _enough || log.IsFull || _window > 4 * _enough / _sampled)
            && Left >= TuningWork.OfRace(_candidates, log.Count, _words).Units;

    public bool Choose(TuningRun run)
    {
        if (run.Log.Count >= FewestRequests / 2)
        {
            List<double[]> candidates = [[.. run.Values], .. Candidates(run.Values).Where(values => !values.AsSpan().SequenceEqual(run.Values))];
            double share = _sampled < 1 ? (double)_tokensTaken / _tokensSeen : 1;
            using var race = new ShadowRace(run, share, _sampler.GroupPages, candidates);
            Judge(run, race, share);
            Spent += race.Work;
        }

        _isRecording = false;
        _candidates = Candidates(run.Values).Count;
        return true;
    }

    /// <summary>Begins to record for the next race, where that is earned.</summary>
    private bool Begin(RequestLog log, long filling)
    {
        _sampler.Settle();
        _sampled = _sampler.Enough((double)FillingRequests / filling);
        _enough = (int)Math.Min(int.MaxValue, Math.Max(FewestRequests, (_isAtFallback ? Fillings : ConfirmedFillings) * _sampled * filling));
        if (Left < TuningWork.OfRace(_candidates, _enough, _enough * (long)RequestSampler.Words).Units)
        {
            return false;
        }

        log.Restart();
        (_window, _tokensSeen, _tokensTaken, _words) = (0, 0, 0, 0);
        return _isRecording = true;
    }

    private void Judge(TuningRun run, ShadowRace race, double share)
    {
        double best = 0;
        double[]? winner = null;
        foreach ((double[] values, Gain gain) in race.Run((values, gain) => gain.AtMost(Hopeless) >= 0 && gain.AtMost(Sure) >= Needed(values)))
        {
            double errors = IsFallback(values) ? 0 : _sure + (share < 1 ? SampleDoubt : 0);
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

    /// <summary>
    /// What the cache began with; each tunable moved from there to the ends of its grid or, of a long one, to a quarter of it, alone and together; and the
    /// present values with one moved to a half or the double.
    /// </summary>
    private List<double[]> Candidates(double[] present)
    {
        List<double[]> candidates = [_fallback];
        for (int i = 0; i < _tunables.Length; i++)
        {
            foreach (double level in Levels(i))
            {
                candidates.AddRange(candidates.Count < 8 ? [.. candidates.Select(values => With(values, i, level))] : [With(_fallback, i, level)]);
            }
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

    /// <summary>The values of a tunable that are tried first.</summary>
    private IEnumerable<double> Levels(int tunable)
    {
        double[] grid = _grids[tunable];
        double fallback = _fallback[_tunables[tunable]];
        double quarter = grid[Math.Max(1, grid.Length / 4)];
        return grid.Length <= 4 ? grid.Where(value => value != fallback) : [quarter != fallback ? quarter : grid[0]];
    }

    private double[] With(double[] values, int tunable, double value)
    {
        double[] changed = [.. values];
        changed[_tunables[tunable]] = value;
        return changed;
    }
}
