namespace Squelch;

/// <summary>
/// Entries that an engine owns, and a policy that says which of them go. The engine numbers its entries by dense slots and tells what happens to them as a
/// log of <see cref="PoolChange"/>s; the pool keeps no values and knows no budget. After warm-up no member allocates. One caller at a time.
/// </summary>
public class VictimPool : IDisposable
{
    /// <summary>No slot.</summary>
    public const int None = -1;

    private readonly PoolTree _tree;
    private readonly PoolLog _log;
    private readonly PoolSelection _selection;
    private readonly FormulaSelector? _formula;
    private int[] _rows = [];
    private bool _disposed;
    private int _busy;

    /// <summary>A pool under any selector: a policy's, or one made by hand.</summary>
    /// <param name="descriptor">Names the policy, its tunables, and which entries are candidates.</param>
    /// <param name="options">Model, bounds.</param>
    /// <param name="createSelector">Takes the nodes and the seed of <c>draw</c>, as <see cref="IEvictionPolicy{TSelf}.CreateSelector"/> does.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound of the options cannot be.</exception>
    /// <exception cref="SquelchException">The policy reads what lies below a node, which a pool does not know.</exception>
    public VictimPool(PolicyDescriptor descriptor, VictimPoolOptions options, Func<NodeTable, ulong, IVictimSelector> createSelector)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(createSelector);
        if (options.MostSlots is < 1 or > 1 << 30)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.MostSlots, "MostSlots lies between 1 and 2^30: as many slots as the engine has.");
        }

        if (options.Entries < 0 || options.Entries > options.MostSlots)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.Entries, $"Entries lies between 0 and MostSlots, {options.MostSlots}: room from the start.");
        }

        Descriptor = descriptor;
        Options = options;
        var nodes = new NodeTable(options.Model);
        IVictimSelector selector = createSelector(nodes, options.Seed);
        if (nodes.KeepsSubtrees)
        {
            throw new SquelchException(
                $"{descriptor.Name} reads subtreeHits or subtreeBytes, which a victim pool does not know: an engine tells of its entries one by one. Take a policy that reads neither.");
        }

        _formula = selector as FormulaSelector;
        if (selector is IPredictedSelector predicted)
        {
            predicted.Predictor = options.Predictor;
        }

        if (selector is IContentsPredictedSelector follower)
        {
            follower.Contents = options.Contents;
        }

        _tree = new PoolTree(nodes, options.Accelerate?.Invoke(selector) ?? selector, descriptor.Candidates, options.Entries);
        _log = new PoolLog(_tree, options.MostSlots);
        _selection = new PoolSelection(_tree, descriptor);
    }

    /// <summary>What is known of the policy.</summary>
    public PolicyDescriptor Descriptor { get; }

    /// <summary>How the pool was set up.</summary>
    public VictimPoolOptions Options { get; }

    /// <summary>The latest time that was told.</summary>
    public double Now => _log.Now;

    /// <summary>Entries.</summary>
    public int Count => _tree.Count;

    /// <summary>Entries that may go now: not held, and with no more children than the policy's candidates have.</summary>
    public int CandidateCount => _tree.CandidateCount;

    /// <summary>Chooses the victims.</summary>
    public IVictimSelector Selector => _tree.Selector;

    /// <summary>True where the slot names an entry.</summary>
    /// <param name="slot">Any number.</param>
    public bool Contains(int slot) => _tree.NodeOf(slot) != NodeTable.None;

    /// <summary>Makes changes, in order.</summary>
    /// <param name="log">The changes.</param>
    /// <exception cref="PoolLogException">A change cannot be. Those before it were applied; it and those after it were not.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Apply(ReadOnlySpan<PoolChange> log)
    {
        Enter();
        try
        {
            _log.Begin();
            for (int i = 0; i < log.Length; i++)
            {
                if (_log.Apply(log[i]) is { } fault)
                {
                    throw new PoolLogException(i, log[i], fault);
                }
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Takes out as many victims as there is room for in <paramref name="victims"/>, or none. Parents become candidates as their last children go.</summary>
    /// <param name="now">The clock, in ticks.</param>
    /// <param name="victims">Receives the victims' slots, which are free then, in the order in which they went.</param>
    /// <param name="keep">Slots that may not be chosen; free ones are passed over.</param>
    /// <returns>False where fewer could go; then nothing has changed.</returns>
    /// <exception cref="ArgumentException">A slot cannot be, or the time goes back. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way; or the selector chose what is no candidate, and the victims before that are gone.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public bool TryEvict(double now, Span<int> victims, ReadOnlySpan<int> keep = default)
    {
        Enter();
        try
        {
            Check(now, keep);
            _selection.Keep(keep);
            if (!_selection.CanEvict(victims.Length))
            {
                return false;
            }

            _log.Advance(now);
            _selection.Evict(now, victims);
            return true;
        }
        finally
        {
            _selection.Free();
            Exit();
        }
    }

    /// <summary>
    /// The victims that <see cref="TryEvict"/> would choose now, in order; all entries stay. A number of the policy itself stays as well: where a score reads
    /// one that evictions move, only the first victim is sure.
    /// </summary>
    /// <param name="now">The clock, in ticks; it is not moved.</param>
    /// <param name="victims">Receives slots.</param>
    /// <param name="keep">Slots that may not be chosen; free ones are passed over.</param>
    /// <returns>How many there are, at most as many as there is room for.</returns>
    /// <exception cref="ArgumentException">A slot cannot be, or the time goes back.</exception>
    /// <exception cref="NotSupportedException">There is room for several, but the policy's selector is hand-written and notes what it has looked at: <see cref="IVictimSelector.SelectionLeavesNoTrace"/>.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way, or the selector chose what is no candidate.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public int Peek(double now, Span<int> victims, ReadOnlySpan<int> keep = default)
    {
        Enter();
        try
        {
            Check(now, keep);
            if (victims.Length > 1 && !Selector.SelectionLeavesNoTrace)
            {
                throw new NotSupportedException($"{Descriptor.Name} notes what a selection has looked at, so that more than one victim cannot be told without a change; peek at one, or evict.");
            }

            _selection.Keep(keep);
            return _selection.Peek(now, victims);
        }
        finally
        {
            _selection.Free();
            Exit();
        }
    }

    /// <summary>The (first) scores of entries as they would be compared now: the lowest candidate goes first. Extremes of scaled terms are found once for all; without a candidate there are none, and such scores are not numbers.</summary>
    /// <param name="now">The clock, in ticks; it is not moved.</param>
    /// <param name="slots">The entries.</param>
    /// <param name="scores">Receives one score per entry.</param>
    /// <exception cref="ArgumentException">A slot is free or cannot be, the spans differ in length, or the time goes back.</exception>
    /// <exception cref="NotSupportedException">The policy is no formula, so that it has no scores.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Score(double now, ReadOnlySpan<int> slots, Span<double> scores)
    {
        Enter();
        try
        {
            Check(now, []);
            if (slots.Length != scores.Length)
            {
                throw new ArgumentException($"There are {slots.Length} slots, and room for {scores.Length} scores; give one for each.", nameof(scores));
            }

            if (_formula is null)
            {
                throw new NotSupportedException($"{Descriptor.Name} is no formula, so that its entries have no scores; ask Peek what goes next.");
            }

            if (_rows.Length < slots.Length)
            {
                _rows = new int[Math.Max(slots.Length, 2 * _rows.Length)];
            }

            for (int i = 0; i < slots.Length; i++)
            {
                if (_log.CheckPresent(slots[i]) is { } fault)
                {
                    throw new ArgumentException($"slots[{i}]: {fault}.", nameof(slots));
                }

                _rows[i] = _tree.NodeOf(slots[i]);
            }

            _formula.Score(now, _rows.AsSpan(0, slots.Length), scores);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Sets the tunables, in descriptor order; takes effect at the next selection and keeps all entries.</summary>
    /// <param name="tunables">One value per tunable.</param>
    /// <exception cref="SquelchException">A value is out of its tunable's range, or there are more or fewer than tunables. Nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Retune(ReadOnlySpan<double> tunables)
    {
        Enter();
        try
        {
            Descriptor.CheckTunables(tunables);
            Selector.Retune(tunables);
            Retuned(tunables);
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Takes all entries out. None is a victim; what the policy has learnt, and the clock, stay.</summary>
    /// <exception cref="InvalidOperationException">Another call is under way.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public void Clear()
    {
        Enter();
        try
        {
            _tree.Clear();
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Refuses all later calls.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            (Selector as IDisposable)?.Dispose();
        }

        _disposed = true;
        GC.SuppressFinalize(this);
    }

    /// <summary>The tunables have been set.</summary>
    private protected virtual void Retuned(ReadOnlySpan<double> tunables)
    {
    }

    private void Check(double now, ReadOnlySpan<int> keep)
    {
        if (_log.CheckTime(now) is { } fault)
        {
            throw new ArgumentOutOfRangeException(nameof(now), now, $"{fault}.");
        }

        for (int i = 0; i < keep.Length; i++)
        {
            if (_log.CheckRange(keep[i]) is { } outside)
            {
                throw new ArgumentOutOfRangeException(nameof(keep), keep[i], $"keep[{i}]: {outside}.");
            }
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("The pool is in the middle of another call. It takes one caller at a time: put a lock around it, and do not call it from a selector.");
        }

        if (_disposed)
        {
            Exit();
            throw new ObjectDisposedException(GetType().FullName);
        }
    }

    private void Exit() => Volatile.Write(ref _busy, 0);
}
