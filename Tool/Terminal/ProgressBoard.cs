using System.Collections.Concurrent;
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

/// <summary>Progress bars with rates on a terminal, where someone watches, and warnings below.</summary>
internal sealed class ProgressBoard
{
    private readonly ProgressContext? _context;

    private readonly ConcurrentQueue<string> _warnings;

    private ProgressBoard(ProgressContext? context, ConcurrentQueue<string> warnings) => (_context, _warnings) = (context, warnings);

    /// <summary>Does the work while its bars are shown; its warnings stand below.</summary>
    public static async Task<T> WatchAsync<T>(Terminal terminal, bool quiet, Func<ProgressBoard, Task<T>> work)
    {
        var warnings = new ConcurrentQueue<string>();
        try
        {
            return await (quiet || !terminal.ShowsProgress
                ? work(new ProgressBoard(null, warnings))
                : terminal.Error.Progress()
                    .AutoClear(true)
                    .HideCompleted(true)
                    .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
                    .StartAsync(context => Task.Run(() => work(new ProgressBoard(context, warnings)))));
        }
        finally
        {
            foreach (string warning in warnings)
            {
                terminal.Error.WriteLine($"warning: {warning}");
            }
        }
    }

    /// <summary>Says so once the bars are gone.</summary>
    public void Warn(string warning) => _warnings.Enqueue(warning);

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
