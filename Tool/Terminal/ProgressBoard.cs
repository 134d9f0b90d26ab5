using Spectre.Console;

namespace Squelch.Tool;

/// <summary>What a progress bar counts.</summary>
internal enum ProgressUnit
{
    /// <summary>Bytes read.</summary>
    Bytes,

    /// <summary>Requests replayed.</summary>
    Requests,
}

/// <summary>Progress bars with rates on a terminal; nothing where no one watches.</summary>
internal sealed class ProgressBoard
{
    private readonly ProgressContext? _context;

    private ProgressBoard(ProgressContext? context) => _context = context;

    /// <summary>Does the work while its bars are shown.</summary>
    public static Task<T> WatchAsync<T>(Terminal terminal, Func<ProgressBoard, Task<T>> work)
        => !terminal.ShowsProgress
            ? work(new ProgressBoard(null))
            : terminal.Error.Progress()
                .AutoClear(true)
                .HideCompleted(true)
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
                .StartAsync(context => Task.Run(() => work(new ProgressBoard(context))));

    /// <summary>A new bar.</summary>
    /// <param name="label">What it shows.</param>
    /// <param name="total">Where it ends.</param>
    /// <param name="unit">What it counts.</param>
    public ProgressBar Add(string label, long total, ProgressUnit unit)
    {
        ProgressTask? task = _context?.AddTask(Markup.Escape(label), maxValue: Math.Max(1, total));
        task?.State.Update<ProgressUnit>(RateColumn.UnitKey, _ => unit);
        return new(task);
    }
}

/// <summary>One bar of a <see cref="ProgressBoard"/>.</summary>
internal readonly struct ProgressBar(ProgressTask? task)
{
    /// <summary>So much more is done.</summary>
    public void Advance(long amount) => task?.Increment(amount);

    /// <summary>Takes how much is done in all, time and again.</summary>
    public Action<int> ReachedBy()
    {
        ProgressBar bar = this;
        int before = 0;
        return done =>
        {
            bar.Advance(done - before);
            before = done;
        };
    }

    /// <summary>All is done.</summary>
    public void Finish()
    {
        if (task is not null)
        {
            task.Value = task.MaxValue;
            task.StopTask();
        }
    }
}
