namespace Squelch;

/// <summary>
/// Finds one tunable as the Marconi paper does (section 4.2): the policy keeps its default until the window, a multiple of the requests seen
/// before the first eviction, is full; then the window is replayed from an empty cache with each value of the grid, and the value that saves the
/// most FLOPs, or of keys with costs the most of these, is taken; ties go to the lowest value. It happens once.
/// </summary>
internal sealed class BootstrapTuner : ITuner
{
    private readonly int _multiplier;
    private readonly int _tunable;

    public BootstrapTuner(PolicyDescriptor descriptor, int multiplier)
    {
        if (multiplier < 1)
        {
            throw new SquelchException($"{descriptor.Name}.BootstrapMultiplier = {multiplier} is out of range; give a whole number from 1.");
        }

        _multiplier = multiplier;
        _tunable = descriptor.TunableIndex(descriptor.BootstrapTunable!);
    }

    public IReadOnlyList<int> Tunables => [_tunable];

    public void Record(RequestLog log, in RecordedRequest request, ReadOnlySpan<int> pages, long? firstEviction) => log.Add(request, pages);

    public bool IsDue(long lookups, long? firstEviction, RequestLog log) => lookups >= Window(firstEviction, log);

    /// <summary>A window that the bound of bytes has cut is full at the first eviction.</summary>
    public long? Window(long? firstEviction, RequestLog log) => log.IsFull ? firstEviction : firstEviction * _multiplier;

    public bool Choose(TuningRun run)
    {
        double[] grid = [.. run.Shadows.Descriptor.Tunables[_tunable].Grid()];
        var saved = new Saving[grid.Length];
        Parallel.For(0, grid.Length, new() { MaxDegreeOfParallelism = run.Parallelism }, i => saved[i] = Saved(run, grid[i]));

        // All shadows have evicted, or none: until then they are alike. Where none has, nothing tells the values apart.
        if (saved[0].HasEvicted)
        {
            int best = 0;
            for (int i = 1; i < grid.Length; i++)
            {
                best = Exceeds(saved[i], saved[best]) ? i : best;
            }

            run.Values[_tunable] = grid[best];
        }

        return false;
    }

    /// <summary>The specification compares (recurrent, attention, MLP) in that order.</summary>
    private static bool Exceeds(in Saving left, in Saving right)
        => (left.Cost, left.Flops.Recurrent, left.Flops.Attention, left.Flops.Mlp).CompareTo((right.Cost, right.Flops.Recurrent, right.Flops.Attention, right.Flops.Mlp)) > 0;

    private Saving Saved(TuningRun run, double value)
    {
        double[] values = [.. run.Values];
        values[_tunable] = value;
        using IShadow shadow = run.Shadows.Create(values);
        FlopCount flops = default;
        double costs = 0;
        for (int i = 0; i < run.Log.Count; i++)
        {
            int hit = run.Replay(shadow, i);
            double cost = run.Log[i].Hints.Cost;
            flops += run.Shadows.Model.Flops(hit);
            costs += hit > 0 && !double.IsNaN(cost) ? cost : 0;
        }

        return new(costs, flops, shadow.HasEvicted);
    }

    private readonly record struct Saving(double Cost, FlopCount Flops, bool HasEvicted);
}
