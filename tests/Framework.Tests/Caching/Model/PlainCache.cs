namespace Squelch.Tests.Caching.Model;

/// <summary>
/// The cache as one would explain it: a list of prefixes, each a string with a letter per page. No tree, no edges, no positions: whatever lies above or
/// below a prefix is found by comparing strings. It is slow, and written from the words of the language and the design alone.
/// </summary>
internal sealed class PlainCache(PlainSetting setting)
{
    private readonly List<Prefix> _prefixes = [];
    private readonly List<int> _lags = [];
    private Prefix? _protected;
    private long _created = 1;
    private long _now;

    /// <summary>A prefix at whose end states are held, or two longer ones part.</summary>
    public sealed class Prefix
    {
        public required string Path { get; set; }

        public required bool Checkpoint { get; set; }

        public required long Created { get; init; }

        public required long LastAccess { get; set; }

        public long Hits { get; set; } = 1;

        public int Leases { get; set; }
    }

    /// <summary>A prefix that a commit makes.</summary>
    private sealed record Step(string Path, bool IsCut, bool Checkpoint, bool IsBranchAlone = false);

    /// <summary>A looked-up request.</summary>
    public sealed record Held(Prefix? Hit, int HitTokens, string Input, int BranchTokens, int RefusedPages);

    public List<(StateActionKind Action, int PathTokens, int EdgeTokens)> Victims { get; } = [];

    public IEnumerable<Prefix> Prefixes => _prefixes;

    public long Bytes => _prefixes.Sum(BytesOf);

    public Held Lookup(string input)
    {
        _now++;
        (string on, string matched) = Walk(input);
        Prefix? below = on.Length == matched.Length ? null : _prefixes.Where(prefix => prefix.Path.StartsWith(matched, StringComparison.Ordinal)).MinBy(prefix => prefix.Path.Length);
        Prefix[] above = [.. _prefixes.Where(prefix => IsPrefix(prefix.Path, input))];
        Prefix? hit = setting.Model.CheckpointBytes == 0 ? below ?? At(on) : above.Where(prefix => prefix.Checkpoint).MaxBy(prefix => prefix.Path.Length);
        int tokens = setting.Model.CheckpointBytes == 0 ? setting.TokensOf(matched) : setting.TokensOf(hit?.Path ?? "");
        foreach (Prefix used in setting.Touch == Touch.Path ? above : hit is null ? [] : [hit])
        {
            used.Hits++;
            used.LastAccess = _now;
        }

        if (setting.Touch == Touch.Path && below is not null)
        {
            below.LastAccess = _now;
        }

        hit?.Leases += 1;
        (int branch, bool refused) = Branch(input, on, matched, below);
        return new(hit, tokens, input, refused ? 0 : branch, refused ? matched.Length : 0);
    }

    public void Abandon(Held held)
    {
        held.Hit?.Leases -= 1;
        JoinForks();
    }

    /// <returns>True where the whole sequence is held now.</returns>
    public bool Commit(Held held, string sequence)
    {
        string kept = Kept(sequence);
        Step[] steps = [.. Needed(kept, Chosen(kept, held.Input, [.. Plan(kept, held.RefusedPages)]))];
        LearnLag(kept);
        _now++;
        held.Hit?.Leases -= 1;
        Stand(kept);
        bool fits = MakeRoom(kept, steps);
        if (fits || setting.BlockPages > 0)
        {
            Make(kept, fits ? steps : Leading(kept, steps));
        }

        _protected = null;
        JoinForks();
        return fits && kept == Aligned(sequence);
    }

    /// <summary>All that matters of a sequence; of one that is too large its beginning, where that is kept.</summary>
    private string Kept(string sequence)
    {
        string aligned = Aligned(sequence);
        return setting is { KeepsBeginnings: true, IsHybrid: false } && setting.Model.KvBytes(setting.TokensOf(aligned)) > setting.Capacity
            ? Aligned(aligned[..(int)(setting.Capacity / setting.Model.KvBytes(setting.PageTokens))])
            : aligned;
    }

    /// <summary>What a checkpoint can stand at the end of, and so can be reused.</summary>
    private string Aligned(string sequence)
    {
        if (setting.TokensOf(sequence) % setting.Align != 0 && setting.TokensOf(sequence) % setting.PageTokens != 0)
        {
            sequence = sequence[..^1];
        }

        int unit = setting.IntervalPages > 0 && !setting.Checkpoints.HasFlag(Checkpoints.LastToken) ? setting.IntervalPages : setting.AlignPages;
        return sequence[..(sequence.Length / unit * unit)];
    }

    /// <summary>Where an engine captures the state of a branch point, and whether it need not.</summary>
    private (int Tokens, bool Refused) Branch(string input, string on, string matched, Prefix? below)
    {
        int aligned = matched.Length / setting.AlignPages * setting.AlignPages;
        bool isPlace = below is null ? HasLost(on) && aligned == on.Length && setting.TokensOf(on) == on.Length * setting.PageTokens : aligned > on.Length;
        if (!setting.Checkpoints.HasFlag(Checkpoints.BranchPoint) || !isPlace)
        {
            return (0, false);
        }

        int branch = setting.TokensOf(matched[..aligned]);
        int saved = branch - LastCheckpoint(on);
        bool refused = saved < setting.LeastSaving
            || (setting.Formula is { NeedsSequence: false } formula && !(formula.Worth(new(branch, saved, 0, 0, setting.TokensOf(input), 0, Lag, double.PositiveInfinity)) > formula.Above));
        return (branch, refused);
    }

    /// <summary>A prefix has lost its checkpoint to others and is still there.</summary>
    private bool HasLost(string path) => setting.Candidates == Candidates.Checkpoints && setting.IsHybrid && At(path) is { Checkpoint: false };

    /// <summary>Tokens to the deepest checkpoint on a path.</summary>
    private int LastCheckpoint(string path) => _prefixes.Where(prefix => prefix.Checkpoint && IsPrefix(prefix.Path, path)).Select(prefix => setting.TokensOf(prefix.Path)).DefaultIfEmpty(0).Max();

    /// <summary>The median, the lower of two, of the last 64.</summary>
    private double Lag => _lags.Count == 0 ? double.PositiveInfinity : _lags.TakeLast(64).Order().ElementAt((Math.Min(64, _lags.Count) - 1) / 2);

    /// <summary>Where exactly one path leads on from where a sequence leaves, and it does not fork, the sequence leaves that one so many tokens before its end.</summary>
    private void LearnLag(string kept)
    {
        string matched = Walk(kept).Matched;
        Prefix[] ends = [.. _prefixes.Where(prefix => IsPrefix(matched, prefix.Path) && Children(prefix).Count == 0)];
        if (matched.Length > 0 && matched.Length < kept.Length && ends.Length == 1)
        {
            _lags.Add(setting.TokensOf(ends[0].Path) - setting.TokensOf(matched));
        }
    }

    /// <summary>Where a sequence would be left as former ones were; 0 for nowhere.</summary>
    private int LagPages(string kept)
        => Lag < setting.TokensOf(kept) ? (setting.TokensOf(kept) - (int)Lag) / setting.PageTokens / setting.AlignPages * setting.AlignPages : 0;

    private Step[] Chosen(string kept, string input, Step[] steps)
    {
        (string on, string matched) = Walk(kept);
        int held = LastCheckpoint(on);
        steps = [.. steps.Select(step => step.IsBranchAlone && setting.TokensOf(step.Path) - held < setting.LeastSaving ? step with { Checkpoint = false } : step)];
        if (setting.Formula is not { } formula)
        {
            return steps;
        }

        int aligned = matched.Length / setting.AlignPages * setting.AlignPages;
        double branch = matched.Length > on.Length && matched.Length < kept.Length && aligned > on.Length ? setting.TokensOf(matched[..aligned])
            : steps.Any(step => step.IsBranchAlone && step.Path == on) ? setting.TokensOf(on)
            : double.PositiveInfinity;
        int sequence = setting.TokensOf(kept);
        double lag = LagPages(kept) is > 0 and var pages ? Math.Min(setting.TokensOf(kept[..pages]), sequence) : double.PositiveInfinity;
        HashSet<int> chosen = formula.Choose(
            [.. steps.Where(step => step.Checkpoint).Select(step => setting.TokensOf(step.Path))],
            held,
            (position, last) => new(position, position - last, branch - position, sequence - position, setting.TokensOf(input), sequence, Lag, lag - position));
        return [.. steps.Select(step => step with { Checkpoint = step.Checkpoint && chosen.Contains(setting.TokensOf(step.Path)) })];
    }

    /// <summary>A prefix is made for its checkpoint, because the sequence ends there, or because it parts there from another.</summary>
    private IEnumerable<Step> Needed(string kept, Step[] steps)
    {
        (string on, string matched) = Walk(kept);
        return steps.Where(step => step.Checkpoint || (step.Path == kept && matched.Length < kept.Length) || (step.Path == matched && matched.Length > on.Length && matched.Length < kept.Length));
    }

    private IEnumerable<Step> Plan(string kept, int refusedPages)
    {
        (string on, string matched) = Walk(kept);
        bool branches = matched.Length < kept.Length;
        if (matched.Length > on.Length)
        {
            int aligned = setting.Checkpoints.HasFlag(Checkpoints.BranchPoint) && branches && matched.Length != refusedPages ? matched.Length / setting.AlignPages * setting.AlignPages : -1;
            if (aligned > on.Length && aligned < matched.Length)
            {
                yield return new(kept[..aligned], IsCut: true, Checkpoint: true, IsBranchAlone: true);
            }

            bool checkpoint = IsFixed(matched) || (branches ? aligned == matched.Length : setting.Checkpoints.HasFlag(Checkpoints.LastToken));
            if (branches || checkpoint)
            {
                yield return new(matched, IsCut: true, checkpoint, IsBranchAlone: checkpoint && branches && !IsFixed(matched));
            }
        }
        else if (HasLost(on)
            && (IsFixed(on) || (setting.Checkpoints.HasFlag(branches ? Checkpoints.BranchPoint : Checkpoints.LastToken) && (!branches || (on.Length % setting.AlignPages == 0 && on.Length != refusedPages)))))
        {
            // Now that somebody has computed it again, it gets one.
            yield return new(on, IsCut: true, Checkpoint: true, IsBranchAlone: branches && !IsFixed(on));
        }

        int lagPages = setting.Checkpoints.HasFlag(Checkpoints.BranchLag) ? LagPages(kept) : 0;
        for (int end = matched.Length + 1; end <= kept.Length; end++)
        {
            bool isPlace = end == lagPages || IsFixed(kept[..end]);
            if (end == kept.Length || isPlace)
            {
                yield return new(kept[..end], IsCut: false, isPlace || setting.Checkpoints.HasFlag(Checkpoints.LastToken));
            }
        }
    }

    private bool MakeRoom(string kept, Step[] steps)
    {
        if (setting.BlockPages == 0 && setting.Model.CheckpointBytes + setting.Model.KvBytes(setting.TokensOf(kept)) > setting.Capacity)
        {
            return false;
        }

        while (Bytes + BytesOf(kept, steps) > setting.Capacity)
        {
            Prefix? victim = _prefixes
                .Where(prefix => prefix.Leases == 0 && prefix != _protected && MayGo(prefix))
                .OrderBy(prefix => setting.Score(new(prefix.LastAccess, prefix.Hits, prefix.Created, BytesOf(prefix))))
                .ThenBy(prefix => prefix.Created)
                .FirstOrDefault();
            if (victim is null)
            {
                if (setting.BlockPages > 0 || _protected is not { Leases: 0 } || Children(_protected).Count > 0)
                {
                    return false;
                }

                victim = _protected;
            }

            Evict(victim);
            Stand(kept);
        }

        return true;
    }

    private bool MayGo(Prefix prefix) => Children(prefix).Count switch
    {
        0 => true,
        1 when setting.Candidates == Candidates.AtMostOneChild => true,
        _ => setting.Candidates == Candidates.Checkpoints && setting.IsHybrid && prefix.Checkpoint,
    };

    private void Evict(Prefix victim)
    {
        int children = Children(victim).Count;
        string trimmed = children == 0 && victim != _protected && setting is { IsHybrid: false, Trim: > 0 } ? victim.Path[..Math.Max(0, victim.Path.Length - setting.TrimPages)] : "";
        bool isTrimmed = trimmed.Length > (Above(victim)?.Path.Length ?? 0);
        StateActionKind action = isTrimmed ? StateActionKind.Trim : children == 0 ? StateActionKind.Free : children == 1 ? StateActionKind.Join : StateActionKind.FreeCheckpoint;
        Victims.Add((action, setting.TokensOf(victim.Path), isTrimmed ? setting.TokensOf(victim.Path) - setting.TokensOf(trimmed) : TokensHeld(victim)));
        switch (action)
        {
            case StateActionKind.Trim:
                victim.Path = trimmed;
                break;
            case StateActionKind.FreeCheckpoint:
                victim.Checkpoint = false;
                break;
            default:
                _prefixes.Remove(victim);
                break;
        }
    }

    /// <summary>Bytes of the steps that can still be made, and of the pages that are not there.</summary>
    private long BytesOf(string kept, Step[] steps)
    {
        (_, string matched) = Walk(kept);
        long tokens = matched.Length == kept.Length ? 0 : setting.TokensOf(kept) - (matched.Length * setting.PageTokens);
        return (steps.Count(step => step.Checkpoint && Remains(step, kept)) * setting.Model.CheckpointBytes) + setting.Model.KvBytes(tokens);
    }

    /// <summary>A cut needs its edge; what ends the sequence, or stands there anyway, does as a leaf, too. What is there already needs a checkpoint, or nothing.</summary>
    private bool Remains(Step step, string kept)
    {
        if (At(step.Path) is { } there)
        {
            return setting.IsHybrid && step.Checkpoint && !there.Checkpoint;
        }

        (string on, string matched) = Walk(kept);
        // A leaf that was cut in may have been trimmed back to where the sequence leaves it.
        return step.Path.Length > on.Length && (!step.IsCut || matched.Length > on.Length || step.Path == kept || (step.Checkpoint && IsFixed(step.Path)));
    }

    /// <summary>Of blocks, as many from the front as there is room for.</summary>
    private Step[] Leading(string kept, Step[] steps)
    {
        (_, string matched) = Walk(kept);
        steps = [.. steps.Where(step => Remains(step, kept))];
        int fitting = 0;
        while (fitting < steps.Length
            && Bytes + (steps[..(fitting + 1)].Count(step => step.Checkpoint) * setting.Model.CheckpointBytes)
                + setting.Model.KvBytes(Math.Max(0, setting.TokensOf(steps[fitting].Path) - (matched.Length * setting.PageTokens))) <= setting.Capacity)
        {
            fitting++;
        }

        // A cut without a checkpoint is there for what follows it.
        while (fitting > 0 && steps[fitting - 1] is { IsCut: true, Checkpoint: false })
        {
            fitting--;
        }

        return steps[..fitting];
    }

    private void Make(string kept, Step[] steps)
    {
        foreach (Prefix above in _prefixes.Where(prefix => setting.Touch == Touch.Path && IsPrefix(prefix.Path, kept)))
        {
            above.LastAccess = _now;
        }

        // All at once: whether a step remains is asked of what was there before the first.
        foreach (Step step in steps.Where(step => Remains(step, kept)).ToArray())
        {
            if (At(step.Path) is { } there)
            {
                (there.Checkpoint, there.LastAccess) = (true, _now);
                continue;
            }

            _prefixes.Add(new() { Path = step.Path, Checkpoint = step.Checkpoint, Created = ++_created, LastAccess = _now });
        }
    }

    /// <summary>Holds the place where a sequence leaves what is there.</summary>
    private void Stand(string kept)
    {
        _protected = At(Walk(kept).On);
        JoinForks();
    }

    /// <summary>A fork that nothing parts at any more is none.</summary>
    private void JoinForks()
        => _prefixes.RemoveAll(prefix => !prefix.Checkpoint && prefix.Leases == 0 && prefix != _protected && Children(prefix).Count == 1);

    /// <summary>The longest prefix that is held as such, and how far any goes.</summary>
    private (string On, string Matched) Walk(string sequence)
    {
        string on = _prefixes.Where(prefix => IsPrefix(prefix.Path, sequence)).MaxBy(prefix => prefix.Path.Length)?.Path ?? "";
        int unit = Math.Max(1, setting.BlockPages);
        int matched = _prefixes.Select(prefix => prefix.Path.AsSpan().CommonPrefixLength(sequence) / unit * unit).DefaultIfEmpty(0).Max();
        return (on, sequence[..Math.Max(matched, on.Length)]);
    }

    private Prefix? At(string path) => _prefixes.FirstOrDefault(prefix => prefix.Path == path);

    private List<Prefix> Children(Prefix prefix) => [.. _prefixes.Where(other => Above(other) == prefix)];

    private Prefix? Above(Prefix prefix) => _prefixes.Where(other => other != prefix && IsPrefix(other.Path, prefix.Path)).MaxBy(other => other.Path.Length);

    private int TokensHeld(Prefix prefix) => setting.TokensOf(prefix.Path) - setting.TokensOf(Above(prefix)?.Path ?? "");

    private long BytesOf(Prefix prefix) => (prefix.Checkpoint ? setting.Model.CheckpointBytes : 0) + setting.Model.KvBytes(TokensHeld(prefix));

    /// <summary>An interval ends, or 1, 2, 4, 8, ... times the first.</summary>
    private bool IsFixed(string path)
        => (setting.IntervalPages > 0 && path.Length % setting.IntervalPages == 0)
            || (setting.FirstPages > 0 && Enumerable.Range(0, 20).Any(doublings => path.Length == setting.FirstPages << doublings));

    private static bool IsPrefix(string path, string of) => of.StartsWith(path, StringComparison.Ordinal);
}
