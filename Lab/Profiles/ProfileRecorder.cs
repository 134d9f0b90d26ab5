using System.Numerics;

namespace Squelch.Lab;

/// <summary>Watches a replay and draws up its <see cref="ReplayProfile"/>.</summary>
internal sealed class ProfileRecorder
{
    private const int MostSteps = 48;
    private const int UnitRequests = 100;

    /// <summary>Explaining a victim scores every candidate, so few of many are asked.</summary>
    private const int SampledPerStep = 8;

    private readonly PrefixCache _cache;
    private readonly Trace _trace;
    private readonly FormulaSelector? _selector;
    private readonly Dictionary<long, int> _sessions = [];
    private readonly List<TokenTally> _units = [];
    private readonly LengthBand[] _lengths = new LengthBand[32];
    private readonly List<ProfileStep> _steps = [];
    private readonly bool _hasSessions;
    private string[] _terms = [];
    private double[] _sums = [];
    private TokenTally _tokens;
    private int _leaves;
    private int _joins;
    private int _sampled;
    private int _done;

    /// <summary>Watches a cache that has seen no request.</summary>
    public ProfileRecorder(PrefixCache cache, Trace trace)
    {
        _cache = cache;
        _trace = trace;
        IVictimSelector selector = cache.Selector is FutureSelector future ? future.Inner : cache.Selector;
        _selector = selector as FormulaSelector;
        _hasSessions = trace.Requests.Any(request => request.Session >= 0);
    }

    /// <summary>A victim is about to go.</summary>
    public void Victim(in VictimRecord record)
    {
        _ = record.IsJoin ? _joins++ : _leaves++;
        if (_selector is null || _sampled >= SampledPerStep)
        {
            return;
        }

        TermValue[] values = _selector.Explain(record.Node, _cache.Now);
        if (_terms.Length == 0)
        {
            _terms = [.. values.Select(value => value.Name)];
            _sums = new double[values.Length];
        }

        for (int term = 0; term < values.Length; term++)
        {
            _sums[term] += values[term].Contribution;
        }

        _sampled++;
    }

    /// <summary>A request is done.</summary>
    public void Request(Request request, int hitTokens)
    {
        int unit = UnitOf(request);
        if (unit == _units.Count)
        {
            _units.Add(default);
        }

        _units[unit] = Plus(_units[unit], request.InputTokens, hitTokens);
        _tokens = Plus(_tokens, request.InputTokens, hitTokens);
        int band = BitOperations.Log2((uint)Math.Max(1, request.InputTokens));
        _lengths[band] = new(1 << band, _lengths[band].Requests + 1, Plus(_lengths[band].Tokens, request.InputTokens, hitTokens));
        _done++;
        int steps = Math.Min(MostSteps, _trace.Requests.Count);
        if (_done == (int)((long)(_steps.Count + 1) * _trace.Requests.Count / steps))
        {
            EndStep();
        }
    }

    /// <summary>What was seen.</summary>
    /// <param name="uncachedTokens">Per request, the input tokens that were not reused.</param>
    public ReplayProfile Profile(ReadOnlySpan<int> uncachedTokens) => new()
    {
        Unit = _hasSessions ? SamplingUnit.Session : SamplingUnit.Hundred,
        Units = _units,
        Lengths = [.. _lengths.Where(band => band.Requests > 0)],
        TtftQuantiles = TtftMap.Paper.Quantiles(uncachedTokens),
        TtftFlooredQuantiles = TtftMap.Floored.Quantiles(uncachedTokens),
        Terms = _terms,
        Steps = _steps,
    };

    private static TokenTally Plus(TokenTally tally, int input, int hit) => new(tally.Input + input, tally.Hit + hit);

    private int UnitOf(Request request)
    {
        if (!_hasSessions)
        {
            return _done / UnitRequests;
        }

        if (!_sessions.TryGetValue(request.Session, out int unit))
        {
            unit = _sessions.Count;
            _sessions.Add(request.Session, unit);
        }

        return unit;
    }

    private void EndStep()
    {
        double[] means = _sampled == 0 ? [] : [.. _sums.Select(sum => sum / _sampled)];
        _steps.Add(new(_done, _tokens, _leaves, _joins, means, Content()));
        Array.Clear(_sums);
        _tokens = default;
        _leaves = _joins = _sampled = 0;
    }

    private ContentBytes Content()
    {
        NodeTable nodes = _cache.Nodes;
        ContentBytes sum = default;
        for (int node = 0; node < nodes.Capacity; node++)
        {
            if (!nodes.IsLive(node) || nodes.IsRoot(node))
            {
                continue;
            }

            long kv = nodes.KvBytes(node);
            long checkpoint = nodes.CheckpointBytes(node);
            sum = nodes.Children(node) switch
            {
                0 => sum with { LeafKv = sum.LeafKv + kv, LeafCheckpoints = sum.LeafCheckpoints + checkpoint },
                1 => sum with { InnerKv = sum.InnerKv + kv, ChainCheckpoints = sum.ChainCheckpoints + checkpoint },
                _ => sum with { InnerKv = sum.InnerKv + kv, BranchCheckpoints = sum.BranchCheckpoints + checkpoint },
            };
        }

        return sum;
    }
}
