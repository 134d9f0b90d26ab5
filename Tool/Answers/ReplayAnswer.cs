using System.Globalization;

namespace Squelch.Tool;

/// <summary>
/// The answer to a replay in plain sentences: which policy wins at which capacities, by how much over LRU, how surely, and how far it is to the best
/// offline rule and to the upper bound. It is honest where no policy wins.
/// </summary>
internal sealed class ReplayAnswer
{
    private const double Percent = 100;

    private readonly IReadOnlyList<ReplayOutcome> _outcomes;
    private readonly IReadOnlyList<EqualPolicies> _policies;
    private readonly TraceTerms _terms;

    private ReplayAnswer(IReadOnlyList<ReplayOutcome> outcomes)
    {
        _outcomes = outcomes;
        _policies = EqualPolicies.Of(outcomes);
        _terms = new(outcomes[0].Cell.Trace);
    }

    private bool IsAlone => _policies.Count == 1;

    /// <summary>One sentence or more. Capacities with the same answer share one; the first is about the smallest.</summary>
    /// <param name="outcomesOfOneTrace">All of them: policies are equal only where they are at every capacity.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<ReplayOutcome> outcomesOfOneTrace)
    {
        var answer = new ReplayAnswer(outcomesOfOneTrace);
        Finding[] findings = [.. outcomesOfOneTrace
            .GroupBy(outcome => outcome.Cell.CapacityBytes)
            .OrderBy(at => at.Key)
            .Select(at => Finding.Of(answer._policies, [.. at]))];
        return [.. answer.Findings(findings), .. answer.OwnPolicies(findings), .. answer.OtherMeasures()];
    }

    private IEnumerable<string> Findings(IEnumerable<Finding> findings)
        => findings
            .GroupBy(finding => (finding.Kind, Named: IsAboutItsWinner(finding.Kind) ? finding.Winner : null))
            .Select(same => Sentence(same.Key.Kind, [.. same]));

    private static bool IsAboutItsWinner(FindingKind kind)
        => kind is FindingKind.Better or FindingKind.BetterUnjudged or FindingKind.Unsure or FindingKind.WithoutLru or FindingKind.FutureAlone;

    private string Sentence(FindingKind kind, IReadOnlyList<Finding> findings)
    {
        string at = At(findings);
        string winner = findings[0].Winner.Name;
        string rate = Rates(findings, finding => finding.Outcome.Result.TokenHitRate);
        return kind switch
        {
            FindingKind.NothingEvicted => $"Nothing was evicted at {at}, so every policy gives the same: a {_terms.HitRate} of {rate} %. Try less than {Footprint(findings)}.",
            FindingKind.AdmissionAlone => $"Nothing was evicted at {at}: policies differ there only by what they admit, and {winner} has the highest {_terms.HitRate}, {rate} %. Try less than {Footprint(findings)}.",
            FindingKind.NothingReusable => "Nothing of this trace can be reused: not even an endless cache has a hit.",
            FindingKind.NoHit => $"No policy has a hit at {at}; {(findings[0].Outcome.Bounds is { } bounds ? $"an endless cache has a {_terms.HitRate} of {Points(bounds.Endless)} %: " : "")}try more.",
            FindingKind.FutureAlone => $"All that was replayed knows the future, so no policy wins: {winner} has a {_terms.HitRate} of {rate} % at {at}.",
            FindingKind.WithoutLru => $"{winner} has {(IsAlone ? "a" : "the highest")} {_terms.HitRate}{(IsAlone ? " of" : ",")} {rate} % at {at}; LRU was not replayed beside it.",
            FindingKind.Better => $"{winner} {(IsAlone ? "beats LRU" : "wins")} at {at}, by {Gains(findings)} points of {_terms.HitRate} over LRU ({Range(findings)}){Way(findings)}.",
            FindingKind.BetterUnjudged => $"{winner} {(IsAlone ? "is ahead of LRU" : "leads")} at {at}, by {Gains(findings)} points of {_terms.HitRate} over LRU ({(findings[0].Outcome.Bounds is null ? "not judged, as the bounds were left out" : "too few sessions to say how surely")}){Way(findings)}.",
            FindingKind.Unsure when IsAlone => $"{winner} is not surely better than LRU at {at}: it has {Gains(findings)} points more of {_terms.HitRate} ({Range(findings)}){OfflineRule(findings)}.",
            FindingKind.Unsure => $"No policy is surely better than LRU at {at}: {winner}, the best, has {Gains(findings)} points more of {_terms.HitRate} ({Range(findings)}){OfflineRule(findings)}.",
            _ => NotBetter(findings, at) + OfflineRule(findings) + ".",
        };
    }

    private string NotBetter(IReadOnlyList<Finding> findings, string at)
    {
        string lru = Rates(findings, finding => finding.Lru!.Value);
        return !IsAlone ? $"No policy is better than LRU at {at}, whose {_terms.HitRate} is {lru} %"
            : AlwaysShown.IsLru(_policies[0].First) ? $"LRU has a {_terms.HitRate} of {lru} % at {at}"
            : $"{findings[0].Winner.Name} is not better than LRU at {at}: its {_terms.HitRate} is {Rates(findings, finding => finding.Outcome.Result.TokenHitRate)} %, that of LRU {lru} %{Judged(findings)}";
    }

    /// <summary>Whoever wrote a policy wants to know how far it is from LRU, also where another wins.</summary>
    private IEnumerable<string> OwnPolicies(IReadOnlyList<Finding> findings)
        => from own in _policies
           where AlwaysShown.IsOwn(own.First)
           let lost = findings
               .Where(finding => finding.Kind is FindingKind.NotBetter ? !IsAlone : finding.Winner != own && finding.Kind is FindingKind.Better or FindingKind.BetterUnjudged or FindingKind.Unsure)
               .Select(finding => finding with { Winner = own, Outcome = _outcomes.First(outcome => outcome.Cell.Policy == own.First && outcome.Cell.CapacityBytes == finding.Capacity) })
               .ToArray()
           where lost.Length > 0
           select $"Your {own.Name} is {Distance(lost)} LRU at {At(lost)}{Judged(lost)}.";

    private string Distance(IReadOnlyList<Finding> findings)
        => findings.Max(finding => finding.Gain) < 0
            ? $"{Between(Points(-findings.Max(finding => finding.Gain)), Points(-findings.Min(finding => finding.Gain)))} points of {_terms.HitRate} under"
            : $"{Gains(findings)} points of {_terms.HitRate} over";

    private static string Judged(IReadOnlyList<Finding> findings)
        => findings.All(finding => finding.Outcome.GainOverLru is not null) ? $" ({Range(findings)} of the difference)" : "";

    private string At(IReadOnlyList<Finding> findings) => Listed([.. findings.Select(finding => _terms.Capacity(finding.Capacity))]);

    private static string Listed(IReadOnlyList<string> names)
        => names.Count == 1 ? names[0] : $"{string.Join(", ", names.SkipLast(1))} and {names[^1]}";

    private static string Gains(IReadOnlyList<Finding> findings) => Rates(findings, finding => finding.Gain);

    private static string Rates(IReadOnlyList<Finding> findings, Func<Finding, double> rate)
        => Between(Points(findings.Min(rate)), Points(findings.Max(rate)));

    private static string Range(IReadOnlyList<Finding> findings)
    {
        ConfidenceRange[] ranges = [.. findings.Select(finding => finding.Outcome.GainOverLru!.Value)];
        return $"95 % {(ranges.Length == 1 ? "range" : "ranges from")} {Points(ranges.Min(range => range.Low))} to {Points(ranges.Max(range => range.High))}";
    }

    private static string Way(IReadOnlyList<Finding> findings)
    {
        double[] shares = [.. findings.Select(finding => finding.Outcome.ShareOfWayToRule).OfType<double>()];
        double[] toBound = [.. findings.Select(finding => finding.Outcome.ShareOfWayToBound).OfType<double>()];
        if (shares.Length == 0 || toBound.Length == 0)
        {
            return OfflineRule(findings);
        }

        string bound = $"{Between(Whole(toBound.Min()), Whole(toBound.Max()))} % of the way to the upper bound (proven)";
        return shares.Min() > 1 ? $", past the best offline rule and {bound}"
            : shares.Max() > 1 ? $", {Whole(shares.Min())} % of the way to the best offline rule or past it and {bound}"
            : $", {Between(Whole(shares.Min()), Whole(shares.Max()))} % of the way to the best offline rule and {bound}";
    }

    private static string OfflineRule(IReadOnlyList<Finding> findings)
    {
        double[] gains = [.. findings.Select(finding => finding.OfflineGain).OfType<double>()];
        double[] bounds = [.. findings.Select(finding => finding.BoundGain).OfType<double>()];
        return gains.Length == 0 ? ""
            : bounds.Max() <= 0 ? "; the upper bound (proven) is no more, so no policy can be better"
            : gains.Max() <= 0 ? $"; not even the best offline rule is better, and the upper bound (proven) lies {Between(Points(bounds.Min()), Points(bounds.Max()))} points above LRU"
            : $"; the best offline rule has {Between(Points(gains.Min()), Points(gains.Max()))} points more than LRU, the upper bound (proven) {Between(Points(bounds.Min()), Points(bounds.Max()))}";
    }

    /// <summary>The winner is the one with the most bytes or hits; another may save more requests, or more of the cost.</summary>
    private IEnumerable<string> OtherMeasures()
        => IsAlone ? []
            :
            [
                .. _terms is { IsKeys: true, IsKeysAlone: false } ? By(result => result.RequestHitRate, (name, at, rate) => $"Counted by requests, {name} has the highest hit rate at {at}: {rate} %.") : [],
                .. _terms.HasCosts ? By(result => result.CostSavedShare!.Value, (name, at, rate) => $"Counted by cost, {name} saves the most at {at}: {rate} % of it.") : [],
            ];

    private IEnumerable<string> By(Func<ReplayResult, double> share, Func<string, string, string, string> sentence)
        => _outcomes
            .Where(outcome => !outcome.NeedsFuture)
            .GroupBy(outcome => outcome.Cell.CapacityBytes)
            .OrderBy(at => at.Key)
            .Select(at => (Winner: at.MaxBy(outcome => outcome.Result.HitTokens)!, Other: at.MaxBy(outcome => share(outcome.Result))!))
            .Where(at => share(at.Other.Result) > share(at.Winner.Result))
            .GroupBy(at => _policies.First(equal => equal.Contains(at.Other.Cell.Policy)), at => at.Other)
            .Select(won => sentence(
                won.Key.Name,
                Listed([.. won.Select(outcome => _terms.Capacity(outcome.Cell.CapacityBytes))]),
                Between(Points(won.Min(outcome => share(outcome.Result))), Points(won.Max(outcome => share(outcome.Result))))));

    /// <summary>The least that a policy held, cut to three digits: under it every policy has to evict.</summary>
    private string Footprint(IReadOnlyList<Finding> findings)
    {
        long held = _outcomes.Where(outcome => findings.Any(finding => finding.Capacity == outcome.Cell.CapacityBytes)).Select(outcome => outcome.Result.PeakBytes).Where(bytes => bytes > 0).DefaultIfEmpty(1).Min();
        long digit = 1;
        while (held / digit >= 1000)
        {
            digit *= 10;
        }

        return _terms.Capacity(_terms.IsKeysAlone ? held : held / digit * digit);
    }

    private static string Between(string low, string high) => low == high ? low : $"{low} to {high}";

    private static string Points(double share) => Number.Hundredths(share * Percent);

    private static string Whole(double share) => (share * Percent).ToString("0;-0;0", CultureInfo.InvariantCulture);
}
