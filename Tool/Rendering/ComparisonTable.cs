using Spectre.Console;
using Spectre.Console.Rendering;

namespace Squelch.Tool;

/// <summary>Policies side by side on one trace at one capacity, the best first; equal ones are one row.</summary>
internal sealed class ComparisonTable
{
    private const string NoCache = "no cache";

    private readonly IReadOnlyList<(EqualPolicies Policies, ReplayOutcome Outcome)> _rows;
    private readonly IReadOnlyList<ComparisonColumn> _columns;
    private readonly string _rest;
    private readonly int _all;
    private readonly ReplayOutcome? _best;
    private readonly TraceTerms _terms;
    private readonly ReplayOutcome? _withoutCache;

    /// <param name="policies">Equal ones together, as they are at every capacity.</param>
    /// <param name="outcomes">Those of one trace and capacity.</param>
    /// <param name="columns">Those that say something of the trace.</param>
    /// <param name="shown">Which rows.</param>
    public ComparisonTable(IReadOnlyList<EqualPolicies> policies, IReadOnlyCollection<ReplayOutcome> outcomes, IReadOnlyList<ComparisonColumn> columns, ShownRows shown)
    {
        _columns = columns;
        var rows = policies
            .Select(equal => (Policies: equal, Outcome: outcomes.First(outcome => outcome.Cell.Policy == equal.First)))
            .OrderByDescending(row => row.Outcome.Result.HitTokens)
            .ToList();
        _terms = new(rows[0].Outcome.Cell.Trace);
        IReadOnlySet<EqualPolicies> kept = shown.Of([.. rows.Select(row => row.Policies)], _terms.BestByRequests(rows));
        _all = rows.Count;
        _rest = shown.Rest;
        _best = rows.Select(row => row.Outcome).FirstOrDefault(outcome => !outcome.NeedsFuture && outcome.Result.HitTokens > 0);
        _rows = [.. rows.Where(row => kept.Contains(row.Policies))];
        _withoutCache = shown == ShownRows.All && !_terms.IsKeys ? WithoutCache(rows[0].Outcome) : null;
    }

    /// <summary>Writes what it is a table of, the table, and what its signs mean.</summary>
    public void Write(IAnsiConsole console)
    {
        bool isWatched = Terminal.IsWatched(console);
        ReplayOutcome[] outcomes = [.. _rows.Select(row => row.Outcome), .. _withoutCache is { } none ? [none] : Array.Empty<ReplayOutcome>()];
        IReadOnlyList<ComparisonColumn> columns = ComparisonColumn.Fitting(_columns, console.Profile.Width, _rows.Max(row => Math.Max(NoCache.Length, Name(row.Policies, row.Outcome, isWatched).Length)), outcomes);
        Table table = new Table().Border(TableBorder.Rounded);
        table.AddColumn(new TableColumn("policy").NoWrap());
        foreach (ComparisonColumn column in columns)
        {
            TableColumn shown = new TableColumn(column.Header).NoWrap();
            table.AddColumn(column.Header == ComparisonColumn.Tunables ? shown : shown.RightAligned());
        }

        foreach ((EqualPolicies policies, ReplayOutcome outcome) in _rows)
        {
            table.AddRow(Cells(columns, policies, outcome, isWatched));
        }

        if (_withoutCache is { } bare)
        {
            table.AddRow([new Text(NoCache), .. columns.Select(column => new Text(column.Text(bare)))]);
        }

        console.WriteNote(Heading());
        console.WriteTable(table);
        foreach (string note in Notes(isWatched, [.. _columns.Except(columns)]))
        {
            console.WriteNote(note);
        }
    }

    /// <summary>What the same requests come to where nothing is kept.</summary>
    private static ReplayOutcome WithoutCache(ReplayOutcome any) => any with
    {
        Result = any.Result with
        {
            HitTokens = 0,
            HitRequests = 0,
            FlopsSaved = default,
            Ttft = any.Result.TtftWithoutCache,
            LeafEvictions = 0,
            JoinEvictions = 0,
            NotAdmitted = 0,
            PeakBytes = 0,
            Seconds = 0,
            Tunables = any.Result.Tunables.Clear(),
        },
        Bounds = null,
        GainOverLru = null,
    };

    private string Heading()
    {
        ReplayOutcome any = _rows[0].Outcome;
        string share = any.Bounds is { FootprintBytes: > 0 } bounds ? $", {Share((double)any.Cell.CapacityBytes / bounds.FootprintBytes)} % of what it fills" : "";
        string model = _terms.IsKeys ? "" : $" · {any.Result.Model}";
        return $"{any.Result.Trace} · {_terms.Capacity(any.Cell.CapacityBytes)}{share}{model} · {Number.Counted(any.Result.Requests, "request")}{Partial(any.Cell.Trace)}";
    }

    private static string Partial(Trace trace)
        => trace.PartialBlocks is not { Count: > 0 } partial ? "" : partial.Taken == PartialBlocks.Drop ? " · full blocks alone" : " · with partial blocks";

    private static string Share(double share) => share < 0.1 ? Number.Tenths(share * 100) : share <= 10 ? Number.WholePercent(share) : "over 1,000";

    private IEnumerable<string> Notes(bool isWatched, IReadOnlyList<ComparisonColumn> hidden)
    {
        if (_rows[0].Outcome.Bounds is { } bounds)
        {
            string before = bounds.Reusable - bounds.Endless > 1e-9 ? $". {Number.Percent(bounds.Reusable)} % came before, so no cache can have more" : "";
            yield return $"{_terms.HitRate}: LRU {Number.Percent(bounds.Lru)} %, with endless room {Number.Percent(bounds.Endless)} %{before}.";
            foreach (string limit in Limits())
            {
                yield return limit;
            }
        }

        if (!_terms.IsKeys && _rows.Max(row => row.Outcome.Result.TtftExtrapolated) is > 0 and var most)
        {
            yield return $"TTFT: up to {Number.Counted(most, "prefill")} of a row have over {Number.Count(TtftMap.ProfiledTokens)} tokens, more than was measured; their times are extrapolated";
        }

        string[] signs =
        [
            .. isWatched && _best is not null ? ["* best"] : Array.Empty<string>(),
            .. Future(isWatched),
            .. _rows.Where(row => row.Policies.OtherNames.Length > 0).Select(row => $"the same as {row.Policies.FirstName}: {row.Policies.OtherNames}"),
        ];
        if (signs.Length > 0)
        {
            yield return string.Join("; ", signs);
        }

        string[] cuts =
        [
            .. _all > _rows.Count ? [$"{_rows.Count} of {_all} rows, {_rest} shows the rest"] : Array.Empty<string>(),
            .. hidden.Count > 0 ? [$"on a wider terminal also: {string.Join(", ", hidden.Select(column => column.Name))}"] : Array.Empty<string>(),
        ];
        if (cuts.Length > 0)
        {
            yield return string.Join("; ", cuts);
        }
    }

    /// <summary>What policies of each admission are held against.</summary>
    private IEnumerable<string> Limits()
    {
        var kinds = _rows.GroupBy(row => AdmissionKind.Of(row.Outcome.Cell.Policy)).ToArray();
        return
            from kind in kinds
            let bounds = kind.First().Outcome.Bounds
            let whose = kinds.Length == 1 ? "" : $" for {(kind.Count() > 2 ? $"{kind.First().Policies.FirstName} and {kind.Count() - 1} others" : string.Join(" and ", kind.Select(row => row.Policies.FirstName)))}"
            select $"best offline rule{whose}: {Number.Percent(bounds.BestOfflineRule)} % ({bounds.BestOfflineRuleName}). Upper bound (proven): {Number.Percent(bounds.UpperBound)} % with the same admission, {Number.Percent(bounds.UpperBoundOfAnyAdmission)} % with any.";
    }

    private IEnumerable<string> Future(bool isWatched)
    {
        string[] names = [.. _rows.Where(row => row.Policies.NeedsFuture).Select(row => row.Policies.FirstName)];
        return names.Length == 0 ? [] : [isWatched ? $"{PolicyWords.OfflineMark.Trim()} knows the future" : $"know the future: {string.Join(", ", names)}"];
    }

    /// <summary>For another program, a name is a name and nothing else.</summary>
    private string Name(EqualPolicies policies, ReplayOutcome outcome, bool isWatched)
        => policies.FirstName + (!isWatched ? "" : (policies.NeedsFuture ? PolicyWords.OfflineMark : "") + (IsBest(outcome) ? " *" : ""));

    private bool IsBest(ReplayOutcome outcome) => !outcome.NeedsFuture && outcome.Result.HitTokens == _best?.Result.HitTokens;

    private IEnumerable<IRenderable> Cells(IReadOnlyList<ComparisonColumn> columns, EqualPolicies policies, ReplayOutcome outcome, bool isWatched)
    {
        Style style = IsBest(outcome) ? new Style(foreground: Color.Green, decoration: Decoration.Bold)
            : AlwaysShown.IsOwn(policies.First) ? new Style(decoration: Decoration.Bold)
            : Style.Plain;
        return [new Text(Name(policies, outcome, isWatched), style), .. columns.Select(column => new Text(column.Text(outcome), style))];
    }
}
