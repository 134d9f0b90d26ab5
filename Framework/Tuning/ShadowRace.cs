namespace Squelch;

/// <summary>
/// Replays a sample under several candidates side by side, block by block, and drops a candidate as soon as it is not going to win (successive halving;
/// Jamieson and Talwalkar, AISTATS 2016). The first candidate is the one to beat.
/// </summary>
internal sealed class ShadowRace : IDisposable
{
    /// <summary>Blocks of a race; the spread of the gains among them is the noise.</summary>
    public const int Blocks = 16;

    /// <summary>Before so many blocks since the first eviction nobody is dropped.</summary>
    private const int FewestBlocks = 3;

    private readonly TuningRun _run;
    private readonly List<Candidate> _candidates;
    private readonly double[] _input = new double[Blocks];
    private int _first = -1;

    /// <param name="run">What is tuned, and the requests.</param>
    /// <param name="share">The requests' share of all.</param>
    /// <param name="groupPages">Pages of the cache per page of the requests.</param>
    /// <param name="candidates">Tunables, in descriptor order.</param>
    public ShadowRace(TuningRun run, double share, int groupPages, IReadOnlyList<double[]> candidates)
    {
        _run = run;
        _candidates = [.. candidates.Select(values => new Candidate(values, run.Shadows.Create(values, share, groupPages)))];
        Work = TuningWork.OfShadows(candidates.Count);
    }

    /// <summary>The work so far.</summary>
    public TuningWork Work { get; private set; }

    /// <summary>Runs it.</summary>
    /// <param name="least">The least gain, as a share of what is looked up, that a candidate has to reach at the end.</param>
    /// <returns>The candidates that were not dropped, with their gains over the first.</returns>
    public IReadOnlyList<(double[] Values, Gain Gain)> Run(Func<double[], Gain, bool> least)
    {
        int requests = _run.Log.Count;
        for (int block = 0; block < Blocks && _candidates.Count > 1; block++)
        {
            RunBlock(block, block * requests / Blocks, (block + 1) * requests / Blocks);
            if (_first < 0 && _candidates[0].Shadow.HasEvicted)
            {
                _first = block;
            }

            if (_first >= 0 && block - _first >= FewestBlocks)
            {
                Drop(candidate => !least(candidate.Values, Of(candidate, block + 1)));
            }
        }

        return _first < 0 ? [] : [.. _candidates.Skip(1).Select(candidate => (candidate.Values, Of(candidate, Blocks)))];
    }

    public void Dispose() => Drop(static _ => true, from: 0);

    private void RunBlock(int block, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            RecordedRequest request = _run.Log[i];
            _input[block] += Worth(request, request.InputTokens);
            Work += new TuningWork(_candidates.Count * TuningWork.OfReplay(request.Pages).Units);
        }

        foreach (Candidate candidate in _candidates)
        {
            for (int i = from; i < to; i++)
            {
                candidate.Hit[block] += Worth(_run.Log[i], _run.Replay(candidate.Shadow, i));
            }
        }
    }

    /// <summary>What hitting these tokens is worth: as many tokens; of a key what fetching it costs, or, where no costs are known, as much as any other.</summary>
    private double Worth(in RecordedRequest request, int tokens)
        => _run.Shadows.Model != ModelShape.Keys ? tokens
            : tokens == 0 ? 0
            : request.Hints.HasCost ? request.Hints.Cost : 1;

    /// <summary>The gain over the first candidate in the blocks from the first eviction on, paired block by block.</summary>
    private Gain Of(Candidate candidate, int to)
    {
        ReadOnlySpan<double> input = _input.AsSpan(_first..to);
        ReadOnlySpan<double> hit = candidate.Hit.AsSpan(_first..to);
        ReadOnlySpan<double> beaten = _candidates[0].Hit.AsSpan(_first..to);
        double total = 0;
        double gained = 0;
        for (int i = 0; i < input.Length; i++)
        {
            total += input[i];
            gained += hit[i] - beaten[i];
        }

        if (total == 0 || input.Length < 2)
        {
            return new(0, double.PositiveInfinity);
        }

        double mean = gained / total;
        double squares = 0;
        for (int i = 0; i < input.Length; i++)
        {
            double off = hit[i] - beaten[i] - (mean * input[i]);
            squares += off * off;
        }

        return new(mean, Math.Sqrt(squares * input.Length / (input.Length - 1)) / total);
    }

    private void Drop(Func<Candidate, bool> hopeless, int from = 1)
    {
        for (int i = _candidates.Count - 1; i >= from; i--)
        {
            if (hopeless(_candidates[i]))
            {
                _candidates[i].Shadow.Dispose();
                _candidates.RemoveAt(i);
            }
        }
    }

    private sealed record Candidate(double[] Values, IShadow Shadow)
    {
        public double[] Hit { get; } = new double[Blocks];
    }
}

/// <summary>What a candidate hits more than the one to beat, as a share of what is looked up.</summary>
/// <param name="Mean">The mean; negative where it hits less.</param>
/// <param name="Error">The standard error of the mean, from the spread among blocks.</param>
internal readonly record struct Gain(double Mean, double Error)
{
    /// <summary>The gain that is all but sure, at so many standard errors.</summary>
    public double AtLeast(double errors) => Mean - (errors * Error);

    /// <summary>The gain that is still possible, at so many standard errors.</summary>
    public double AtMost(double errors) => Mean + (errors * Error);
}
